internal import KMeansKernelTypes

extension Sketcher {
  /// The kernels of one instruction set, the bound by which products rule out, and how centroids
  /// are searched.
  struct Kernels: Sendable {
    let nearestTwo: KernelSet<Float>.NearestTwo
    let scoresAtMost: KernelSet<Float>.ScoresAtMost
    let multiplyRow: KernelSet<Float>.MultiplyRow
    let packTiles: FusedKernels<Float>.PackTiles
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

    init(_ parameters: SketchParameters, columns: Int) {
      let instructionSet = parameters.execution.kernels
      let floats = KernelSet<Float>.compiled(for: instructionSet)
      nearestTwo = floats.nearestTwo
      scoresAtMost = floats.scoresAtMost
      multiplyRow = floats.multiplyRow
      packTiles = floats.fused.packTiles
      directDistance = KernelSet<Double>.compiled(for: instructionSet).directDistance
      sketch = .compiled(for: instructionSet)
      tileRows = floats.fused.tileRows
      bound = ScoreErrorBound(columns: columns + 1, of: Float.self)
      search = SketchSearch(parameters, columns: columns)
      let strategy = search == nil ? parameters.resolvedStrategy(columns: columns) : .fused
      filter = strategy == .filtered ? .compiled(for: instructionSet) : nil
      usesBLAS = strategy == .blas
    }
  }
}
