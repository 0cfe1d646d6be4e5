/// Everything that a sketch is, once its first rows have come: a value. What comes next is a
/// function of it and of nothing else, bit for bit; `Sketcher` keeps beside it what makes that
/// fast.
///
/// The numbers of the next draws are the counts: `pointCount` for points, `collapseCount` for
/// collapses, `mergedCount` for merged centroids.
struct SketchState: Sendable {
  let parameters: SketchParameters
  /// Whether points count by their distance, not by its square.
  private let takesRoots: Bool
  /// Whether they count by its square, and distances are no squares.
  private let takesSquares: Bool
  /// The shift that is subtracted from all points before anything else [d]: ``SketchShift``, or
  /// what a merge has made of it.
  private(set) var shift: [Double]
  /// The centroids. Copies of the state share them until one is to be changed.
  private(set) var memory: SketchMemory
  /// What a point of weight 1 costs that certainly becomes a centroid: its squared distance, or its
  /// distance where the power is 1; `nil` while no two points differed.
  var cutoff: Double?
  /// The smallest weight above 0 of the points that came while no cutoff was known; infinite
  /// without any.
  var lightest = Double.infinity
  /// N, about how many centroids there are to be.
  var numClusters: Int
  var pointCount = 0
  var collapseCount = 0
  /// The number of collapses that raised the cutoff by the rule of the jump, for those of the
  /// rule that was asked for were spent.
  var jumpCount = 0
  /// The number of centroids of other sketches that were merged.
  var mergedCount = 0
  /// The number of points and centroids that had several candidates. It depends on how points come
  /// in blocks; nothing depends on it.
  var redecidedCount = 0
  var rounding: SketchRounding

  /// The number of rows that a sketch begins with (Mahout's `NUM_ESTIMATE_POINTS`).
  static var firstRows: Int { 1000 }

  /// A state without points.
  init(_ parameters: SketchParameters, shift: [Double], cutoff: Double?) {
    self.init(
      parameters, shift: shift, SketchMemory(columns: shift.count, capacity: 64))
    self.cutoff = cutoff
  }

  /// A state of some centroids, of which nothing else is known.
  init(_ parameters: SketchParameters, shift: [Double], _ memory: SketchMemory) {
    self.parameters = parameters
    takesRoots = parameters.usedPower == 1 && parameters.distance.hasMeans
    takesSquares = parameters.usedPower == 2 && !parameters.distance.hasMeans
    self.shift = shift
    self.memory = memory
    rounding = SketchRounding(
      columns: shift.count,
      pairwise: PairwiseDistance(
        of: parameters.distance, instructionSet: parameters.execution.kernels))
    numClusters = parameters.initialNumClusters
  }

  /// The state of another sketch that goes on by other parameters.
  init(_ other: SketchState, parameters: SketchParameters) {
    // What the other's searcher remembers is nothing to this one's.
    let memory =
      other.parameters.searcher.remembers
      ? SketchMemory(other.memory, capacity: other.memory.capacity, keepsMarks: false)
      : other.memory
    self.init(parameters, shift: other.shift, memory)
    cutoff = other.cutoff
    numClusters = max(numClusters, other.numClusters)
    lightest = other.lightest
    pointCount = other.pointCount
    collapseCount = other.collapseCount
    jumpCount = other.jumpCount
    redecidedCount = other.redecidedCount
    rounding = other.rounding
  }

  /// Goes on in another frame.
  ///
  /// - Parameter memory: the centroids as they look there.
  mutating func move(to shift: [Double], _ memory: SketchMemory) {
    (self.shift, self.memory) = (shift, memory)
  }

  var columns: Int { shift.count }
  /// m, the number of centroids.
  var count: Int { memory.count }

  /// Takes memory that nobody else holds and that has room for some number of centroids.
  ///
  /// - Returns: whether the centroids were copied.
  mutating func makeRoom(for room: Int) -> Bool {
    if isKnownUniquelyReferenced(&memory), room <= memory.capacity { return false }
    let capacity = room > memory.capacity ? 2 * room : memory.capacity
    memory = SketchMemory(memory, capacity: capacity)
    return true
  }

  /// Forgets all centroids.
  mutating func removeAll() {
    if isKnownUniquelyReferenced(&memory) {
      memory.removeAll()
    } else {
      memory = SketchMemory(columns: columns, capacity: memory.capacity)
    }
  }

  /// The coordinates in the frame [m x columns].
  ///
  /// - Precondition: there is a centroid.
  var coordinates: Matrix<Double> { memory.rows.matrix(of: Array(0..<count)) }

  /// Centroids in the frame, in the units of the points.
  func restored(_ centroids: Matrix<Double>) -> Matrix<Double> {
    var restored = centroids
    var values = restored.mutableSpan
    for index in values.indices { values[index] += shift[index % columns] }
    return restored
  }

  /// The weights of the centroids [m].
  var weights: [Double] { map(\.weight) }

  /// One number of each centroid [m].
  func map(_ value: (SketchEntry) -> Double) -> [Double] {
    (0..<count).map { value(memory.entries[$0]) }
  }
}

// The rule by which a point becomes a centroid.
extension SketchState {
  /// What a point costs at a distance as it is found: a squared one, but for those that are
  /// computed a pair at a time.
  @inline(__always)
  func cost(_ distance: Double) -> Double {
    if takesRoots { return distance.squareRoot() }
    return takesSquares ? distance * distance : distance
  }

  /// Whether a point becomes a centroid: with the probability w d / f for what it costs, d.
  @inline(__always)
  mutating func isNew(_ weight: Double, _ cost: Double, _ draw: Double) -> Bool {
    if let cutoff { return draw * cutoff < weight * cost }
    return isFirst(weight, cost, draw)
  }

  /// The same while no cutoff is known: the first cost above 0 makes one.
  @inline(never)
  private mutating func isFirst(_ weight: Double, _ cost: Double, _ draw: Double) -> Bool {
    lightest = min(lightest, weight)
    guard cost > 0 else { return false }
    let first = Self.cutoff(cost: cost, weight: lightest)
    cutoff = first
    return draw * first < weight * cost
  }

  /// The cutoff at which a point of some weight certainly becomes a centroid: never 0 or infinite,
  /// so that it can grow and points can reach it.
  ///
  /// The rule compares cutoffs with weights times costs. A cutoff that begins as this,
  /// for the lightest of the points, has no unit of weight of its own and is too large for none of
  /// them.
  static func cutoff(cost: Double, weight: Double) -> Double {
    min(max(cost * weight, .leastNonzeroMagnitude), .greatestFiniteMagnitude)
  }

  /// Whether so many collapses were made that more of them, each of which raises the cutoff by beta
  /// alone, would take too long: where beta is hardly above 1, every new centroid would cause one,
  /// or one cause many.
  ///
  /// A thousand are enough for a cutoff of 1e-99 times what it should be and beta 1.3. Sixteen in N
  /// points cost about as much as sixty times the points themselves: O(N^2 d) each.
  var collapsesAreSpent: Bool {
    Double(collapseCount) >= 1000 + 16 * Double(pointCount) / Double(numClusters)
  }

  /// Whether there are so many centroids that they are to be clustered.
  var isTooLarge: Bool {
    Double(count) > parameters.clusterOvershoot * Double(numClusters)
  }
}
