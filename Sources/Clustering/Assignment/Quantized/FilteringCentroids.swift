internal import KMeansKernelTypes

/// Quantised centroids as a value: copies share memory until one of them is filled again.
struct FilteringCentroids<Scalar: ClusteringScalar>: Sendable {
  private(set) var quantized: QuantizedCentroids<Scalar>
  let kernels: FilterKernels<Scalar>
  /// The centroids slot by slot; `nil` for their own order.
  let order: [Int32]?

  init(
    _ centroids: Matrix<Scalar>, centering: Centering<Scalar>, firstEqual: [Int32],
    kernels: FilterKernels<Scalar>, order: [Int32]?
  ) {
    self.kernels = kernels
    self.order = order
    quantized = QuantizedCentroids(
      capacity: centroids.rows, columns: centroids.columns, kernels: kernels)
    fill(centroids, centering: centering, firstEqual: firstEqual)
  }

  /// Takes other centroids, in the same memory where no copy shares it.
  ///
  /// - Complexity: O(k d).
  mutating func fill(_ centroids: Matrix<Scalar>, centering: Centering<Scalar>, firstEqual: [Int32])
  {
    if !isKnownUniquelyReferenced(&quantized) {
      quantized = QuantizedCentroids(
        capacity: centroids.rows, columns: centroids.columns, kernels: kernels)
    }
    centroids.withRows { rows in
      centering.shift.withUnsafeBufferPointer { shift in
        quantized.fill(
          rows, shift: shift.baseAddress!, firstEqual: firstEqual, order: order)
      }
    }
  }
}
