internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

/// The squared distances of sparse rows to the centroids that their labels name: cluster by
/// cluster, four rows at a time, so that a centroid stays in cache.
struct SparseLabelDistances<Scalar: ClusteringScalar>: Sendable {
  private let rows: MappedSparseRows<Scalar>
  private let centroids: Matrix<Scalar>
  private let kernels: KernelSet<Scalar>
  private let threads: Int

  init(_ rows: MappedSparseRows<Scalar>, to nearest: NearestCentroids<Scalar>, threads: Int) {
    self.rows = rows
    centroids = nearest.centroids
    kernels = nearest.kernels
    self.threads = threads
  }

  /// Leaves a distance for each row.
  ///
  /// - Complexity: O(n d) at most.
  func find(_ labels: UnsafePointer<Int32>, into distances: UnsafeMutablePointer<Double>) {
    let order = GroupedRows(labels, count: rows.count, clusters: centroids.rows)
    nonisolated(unsafe) let distances = distances
    centroids.withRows { centroids in
      order.rows.withUnsafeBufferPointer { numbers in
        nonisolated(unsafe) let numbers = numbers
        Workers.share(centroids.count, among: threads) { queue in
          let memory = rows.makeMemory(rows: 4)
          while let cluster = queue.next() {
            for first in stride(
              from: order[cluster].lowerBound, to: order[cluster].upperBound, by: 4)
            {
              let count = min(4, order[cluster].upperBound - first)
              find(numbers.baseAddress! + first, count, centroids[cluster], memory, distances)
            }
          }
        }
      }
    }
  }

  /// The distances of at most four rows to one centroid.
  private func find(
    _ numbers: UnsafePointer<Int32>, _ count: Int, _ centroid: UnsafePointer<Scalar>,
    _ memory: SparseBlock<Scalar>, _ distances: UnsafeMutablePointer<Double>
  ) {
    let some = rows.gather(numbers, count: count, into: memory).rows
    guard let compressed = some.compressed else { preconditionFailure("rows that are not sparse") }
    guard rows.columns >= 8 else {
      let dense = memory.scattered(compressed)
      for place in 0..<count {
        distances[Int(numbers[place])] = kernels.directDistance(
          dense[place], centroid, rows.columns)
      }
      return
    }
    withUnsafeTemporaryAllocation(of: UnsafePointer<Int32>.self, capacity: 4) { indices in
      withUnsafeTemporaryAllocation(of: UnsafePointer<Scalar>.self, capacity: 4) { values in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 4) { counts in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: 4) { found in
            // The last row fills up the four.
            for place in 0..<4 {
              let row = compressed[min(place, count - 1)]
              indices.initializeElement(at: place, to: row.indices)
              values.initializeElement(at: place, to: row.values)
              counts.initializeElement(at: place, to: row.count)
            }
            kernels.sparseDirectDistances(
              indices.baseAddress!, values.baseAddress!, counts.baseAddress!, centroid,
              rows.columns, found.baseAddress!)
            for place in 0..<count { distances[Int(numbers[place])] = found[place] }
          }
        }
      }
    }
  }
}
