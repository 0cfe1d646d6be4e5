internal import KMeansKernelTypes

extension Sketcher {
  /// The kernels of one instruction set, the bound by which products rule out, and how centroids
  /// are searched.
  struct Kernels: Sendable {
    let nearestTwo: KernelSet<Float>.NearestTwo
    let scoresAtMost: KernelSet<Float>.ScoresAtMost
    let multiplyRow: KernelSet<Float>.MultiplyRow
    let packTiles: FusedKernels<Float>.PackTiles
    /// The squared Euclidean distance of two rows, or the pairwise one.
    let directDistance: KernelSet<Double>.DirectDistance
    let sketch: SketchKernels
    let tileRows: Int
    let bound: ScoreErrorBound
    /// The kernels that rule out by bytes; `nil` where products do.
    let filter: FilterKernels<Double>?
    /// Whether products are BLAS's.
    let usesBLAS: Bool
    /// The way to look for centroids without comparing all; `nil` where what is left out is ruled
    /// out.
    let search: SketchSearch?
    /// The distance where it is no squared Euclidean one: no bound rules anything out then, and all
    /// centroids are compared one by one.
    let pairwise: PairwiseDistance?

    init(_ parameters: SketchParameters, columns: Int) {
      let instructionSet = parameters.execution.kernels
      let floats = KernelSet<Float>.compiled(for: instructionSet)
      nearestTwo = floats.nearestTwo
      scoresAtMost = floats.scoresAtMost
      multiplyRow = floats.multiplyRow
      packTiles = floats.fused.packTiles
      pairwise = PairwiseDistance(of: parameters.distance, instructionSet: instructionSet)
      directDistance =
        if let pairwise {
          { pairwise($0, $1, $2) }
        } else {
          KernelSet<Double>.compiled(for: instructionSet).directDistance
        }
      sketch = .compiled(for: instructionSet)
      tileRows = floats.fused.tileRows
      bound = ScoreErrorBound(columns: columns + 1, of: Float.self)
      search = SketchSearch(parameters, columns: columns)
      let comparesOneByOne = search != nil || pairwise != nil
      let strategy = comparesOneByOne ? .fused : parameters.resolvedStrategy(columns: columns)
      filter = strategy == .filtered ? .compiled(for: instructionSet) : nil
      usesBLAS = strategy == .blas
    }
  }
}
