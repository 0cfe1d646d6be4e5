internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

extension Execution {
  /// The way in which the assignment step rules centroids out; the labels do not depend on it.
  public enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
    /// The fastest for the work at hand.
    case auto
    /// Products by BLAS, then a scan of the tile of scores.
    case blas
    /// Products and the search for the smallest score in one kernel; scores never leave the
    /// registers. A bound a point tells in later iterations which ones cannot change their cluster.
    case fused
    /// Bytes rule centroids out, by products of whole numbers and a bound; `directDistance`
    /// decides the rest. Wants a processor that multiplies bytes (``InstructionSet/v4vnni``).
    case filtered
    /// An inverted index of the centroids: products are taken of the values of a row that are not
    /// zero alone. What `auto` means for sparse rows.
    case inverted

    /// Whether an instruction set has the instructions of this strategy.
    public func isAvailable(on instructionSet: InstructionSet) -> Bool {
      self != .filtered || instructionSet >= .v4vnni
    }

    /// The strategy that is used where this one is asked for: `auto` stands for another one.
    ///
    /// For the kernels of a processor older than the machine's own, BLAS has newer ones. Nothing
    /// else is left to BLAS: what it is worth depends on whether it knows the processor.
    public func resolved<Scalar: ClusteringScalar>(
      columns: Int, clusters: Int, of type: Scalar.Type = Float.self,
      on instructionSet: InstructionSet = .best
    ) -> Strategy {
      if self == .filtered, columns > FilterShape.mostColumns { return .fused }
      guard self == .auto else { return self }
      if instructionSet == .baseline, InstructionSet.best > .baseline, OpenBLAS.isAvailable {
        return .blas
      }
      let isFiltered = Self.filterPays(columns: columns, clusters: clusters, of: type)
      if isFiltered, Strategy.filtered.isAvailable(on: instructionSet) { return .filtered }
      return .fused
    }

    /// Whether comparing a point takes so long that a filter pays, where there is one: bytes cost
    /// some 20 ns a point, which 20,000 multiply-adds of floats pay back. Doubles take longer, and
    /// bytes of them do not.
    static func filterPays<Scalar: ClusteringScalar>(
      columns: Int, clusters: Int, of type: Scalar.Type
    ) -> Bool {
      let (fewest, least) = type == Double.self ? (64, 10_000) : (128, 20_000)
      return columns >= 24 && columns <= FilterShape.mostColumns && clusters >= fewest
        && columns * clusters >= least
    }
  }
}
