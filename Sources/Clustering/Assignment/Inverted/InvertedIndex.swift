internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

/// An inverted index of centroids: for each term, which is a column, the centroids that have a
/// value there, and these values (mean-inverted index: Aoyama and Saito, arXiv 2002.09094). A row
/// meets only the centroids with which it shares a term.
///
/// A term that many centroids have is a vector of values, one a centroid, to be multiplied as a
/// whole; a rare one is a list of centroids. Vectors are cut into slices of as many centroids as
/// sums fit into registers, slice after slice, so that the frequent terms of a slice stay in cache
/// while a block of rows passes.
///
/// Memory: at most a value and a half for each value of the centroids, k d.
struct InvertedIndex<Scalar: ClusteringScalar>: Sendable {
  /// What one term has: the number of its vector, -1 for none; a list otherwise.
  private(set) var vectorNumbers: [Int32]
  /// Where the list of each term begins; one more at the end.
  private(set) var listStarts: [Int]
  /// The centroids of the lists, ascending within each, and their values.
  private(set) var listCentroids: [Int32] = []
  private(set) var listValues: [Scalar] = []
  /// The vectors: slice after slice, vector after vector.
  private(set) var vectors = AlignedValues<Scalar>(capacity: 0)
  private(set) var vectorCount = 0
  /// The number of values of each centroid that are not zero.
  private(set) var valueCounts: [Int]

  /// How many centroids there are places for: whole slices.
  let width: Int
  /// The centroids of a slice.
  static var sliceWidth: Int { 4 * Scalar.lanes }
  /// A term is a vector where at least one of so many centroids has a value: multiplying eight or
  /// sixteen at once costs as much as finding one by a list.
  private static var densest: Int { 16 }

  /// The index of no centroids.
  init(clusters: Int, columns: Int) {
    let slice = Self.sliceWidth
    width = (clusters + slice - 1) / slice * slice
    vectorNumbers = Array(repeating: -1, count: columns)
    listStarts = Array(repeating: 0, count: columns + 1)
    valueCounts = Array(repeating: 0, count: clusters)
  }

  /// Takes other centroids, in the same memory.
  ///
  /// - Parameter isLeftOut: whether a centroid never wins, and needs no values.
  /// - Complexity: O(k d).
  mutating func fill(_ centroids: Rows<Scalar>, leavingOut isLeftOut: (Int) -> Bool) {
    // How many centroids have each term.
    var counts = [Int32](repeating: 0, count: centroids.columns)
    for cluster in 0..<centroids.count {
      valueCounts[cluster] = 0
      let row = centroids[cluster]
      var found = 0
      let isCounted = !isLeftOut(cluster)
      counts.withUnsafeMutableBufferPointer { counts in
        for column in 0..<centroids.columns where row[column] != 0 {
          found &+= 1
          if isCounted { counts[column] &+= 1 }
        }
      }
      valueCounts[cluster] = found
    }
    makeRoom(counts, clusters: centroids.count)
    var next = listStarts
    next.withUnsafeMutableBufferPointer { next in
      for cluster in 0..<centroids.count where !isLeftOut(cluster) {
        enter(centroids[cluster], cluster, next.baseAddress!)
      }
    }
  }

  /// Decides what is a vector and what a list, and makes room for both.
  private mutating func makeRoom(_ counts: [Int32], clusters: Int) {
    vectorCount = 0
    var values = 0
    for column in counts.indices {
      let isVector = Int(counts[column]) * Self.densest >= clusters && counts[column] > 0
      listStarts[column] = values
      if isVector {
        vectorNumbers[column] = Int32(vectorCount)
        vectorCount += 1
      } else {
        vectorNumbers[column] = -1
        values += Int(counts[column])
      }
    }
    listStarts[counts.count] = values
    let count = vectorCount * width
    if vectors.capacity < count || !isKnownUniquelyReferenced(&vectors) {
      vectors = AlignedValues(capacity: count)
    }
    vectors.base.update(repeating: 0, count: count)
    Self.resize(&listCentroids, count: values)
    Self.resize(&listValues, count: values)
  }

  private static func resize<Value: Numeric>(_ values: inout [Value], count: Int) {
    if values.count > count {
      values.removeLast(values.count - count)
    } else if values.count < count {
      values.reserveCapacity(count)
      values.append(contentsOf: repeatElement(0, count: count - values.count))
    }
  }

  /// Enters the values of a centroid.
  private mutating func enter(
    _ row: UnsafePointer<Scalar>, _ cluster: Int, _ next: UnsafeMutablePointer<Int>
  ) {
    let (slice, lane) = (cluster / Self.sliceWidth, cluster % Self.sliceWidth)
    let first = slice * vectorCount * Self.sliceWidth + lane
    let columns = vectorNumbers.count
    let vectors = vectors.base
    listCentroids.withUnsafeMutableBufferPointer { listCentroids in
      listValues.withUnsafeMutableBufferPointer { listValues in
        for column in 0..<columns where row[column] != 0 {
          let number = Int(vectorNumbers[column])
          if number >= 0 {
            vectors[first &+ number &* Self.sliceWidth] = row[column]
          } else {
            listCentroids[next[column]] = Int32(truncatingIfNeeded: cluster)
            listValues[next[column]] = row[column]
            next[column] &+= 1
          }
        }
      }
    }
  }
}

/// Values that begin with a cache line, in large pages where there are many.
///
/// `@unchecked Sendable`: written only while uniquely referenced.
final class AlignedValues<Scalar: ClusteringScalar>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Scalar>
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = LargeMemory.take(capacity, of: Scalar.self)
  }

  deinit { LargeMemory.give(back: base) }
}
