internal import KMeansKernelTypes

/// Centroids and their searcher apart from a sketch: what tests and benchmarks look at.
package final class CentroidIndex {
  /// The search.
  package let parameters: SketchParameters
  private let memory: SketchMemory
  private let searcher: any CentroidSearcher
  /// What is subtracted from rows that come from outside [d].
  private let shift: [Double]

  private init(_ memory: SketchMemory, _ parameters: SketchParameters, shift: [Double]) {
    (self.memory, self.parameters, self.shift) = (memory, parameters, shift)
    let kernels = Sketcher.Kernels(parameters, columns: memory.columns)
    searcher = SearchedCentroidCaches(memory, kernels).searcher
  }

  /// No centroids yet.
  package convenience init(columns: Int, capacity: Int, _ parameters: SketchParameters) {
    self.init(
      SketchMemory(columns: columns, capacity: capacity), parameters,
      shift: Array(repeating: 0, count: columns))
  }

  /// A copy of the centroids of a sketch, in its frame.
  convenience init(_ state: SketchState, _ parameters: SketchParameters) {
    self.init(
      SketchMemory(state.memory, capacity: state.memory.capacity), parameters, shift: state.shift)
  }

  /// The same centroids with a searcher that knows them from now on.
  package func rebuilt() -> CentroidIndex {
    CentroidIndex(SketchMemory(memory, capacity: memory.capacity), parameters, shift: shift)
  }

  package var count: Int { memory.count }

  /// Adds a centroid.
  ///
  /// - Precondition: there is room.
  package func append(_ row: [Double]) {
    let slot = memory.append(shifted(row), SketchEntry(weight: 1, squaredNorm: 0))
    searcher.appeared(slot, among: memory.searched)
  }

  /// Gives a centroid other coordinates.
  package func move(_ slot: Int, to row: [Double]) {
    (memory.coordinates + slot * memory.columns).update(from: shifted(row), count: memory.columns)
    searcher.moved(slot, among: memory.searched)
  }

  package func removeAll() {
    memory.removeAll()
    searcher.removeAll()
  }

  /// The nearest centroid that the searcher finds, and its squared distance.
  package func nearest(to row: [Double]) -> (slot: Int, squaredDistance: Double) {
    searcher.nearest(to: shifted(row), among: memory.searched)
  }

  private func shifted(_ row: [Double]) -> [Double] { zip(row, shift).map { $0 - $1 } }
}

extension StreamingSketch {
  /// A copy of the centroids and their searcher, for points that no transform changes; `nil`
  /// without any.
  ///
  /// - Parameter searcher: another search than that of the sketch.
  package func index(searcher: SketchParameters.Searcher? = nil) -> CentroidIndex? {
    guard let state = settled?.state, state.count > 0 else { return nil }
    var parameters = parameters
    if let searcher { parameters.searcher = searcher }
    return CentroidIndex(state, parameters)
  }
}
