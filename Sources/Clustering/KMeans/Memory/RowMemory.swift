internal import KMeansKernelTypes
internal import KMeansLinearAlgebra
internal import Synchronization

/// What Lloyd remembers of its points from one iteration to the next, for the strategy `filtered`: the points as bytes, the
/// order in which they are visited, and bounds.
///
/// n d bytes for the points and 40 a point besides; bounds take 5/96 n k bytes and 32 a point more. The points themselves are
/// read in place and never moved: they are visited by label, so that sixteen neighbours rule out the same centroids.
///
/// `@unchecked Sendable`: threads write to entries of different rows.
final class RowMemory<Scalar: ClusteringScalar>: @unchecked Sendable {
  let points: WeightedRows<Scalar>
  private let map: RowMap<Scalar>?
  private let threads: Int
  private let words: Int
  private let vectors: Int
  private let bytes: UnsafeMutablePointer<Int32>
  private let facts: UnsafeMutablePointer<Float>
  /// The squared distance of each row to the centroid of its label, after an assignment.
  let distances: UnsafeMutablePointer<Double>
  /// The rows in the order in which they are visited.
  private let order: UnsafeMutablePointer<Int32>
  private var isQuantized = false
  private var isSorted = false
  private var bounds: CarriedBounds<Scalar>?
  private let boundBytes: Int
  private var plan = SortingPlan()
  /// Whether a cluster has other rows than before the last assignment.
  private var changed: [Bool] = []
  /// The rows that moved in the last assignment.
  private var moved: [MovedRow] = []
  private var forgotSums = true
  private var sumsAnew = true
  /// Of which the values of all points are multiples, where sums are exact.
  private var grid: ExactGrid?
  /// Whether every pair that a bound left out is computed after all, and must be farther.
  private let verifies: Bool

  /// - Parameters:
  ///   - boundBytes: how many bytes bounds may take; without them every pair is compared in every iteration.
  ///   - verifies: whether what was left out is computed, to test the bounds.
  init(
    _ points: WeightedRows<Scalar>, map: RowMap<Scalar>?, threads: Int, boundBytes: Int = .max,
    verifies: Bool = false
  ) {
    self.points = points
    self.map = map
    self.threads = threads
    self.boundBytes = boundBytes
    self.verifies = verifies
    words = FilterShape.words(columns: points.rows.columns)
    vectors = (points.count + FilterShape.lanes - 1) / FilterShape.lanes
    bytes = LargeMemory.take(vectors * FilterShape.lanes * words, of: Int32.self)
    facts = LargeMemory.take(vectors * FilterShape.lanes * FilterShape.facts, of: Float.self)
    distances = LargeMemory.take(points.count, of: Double.self)
    order = LargeMemory.take(points.count, of: Int32.self)
    for row in 0..<points.count { order[row] = Int32(truncatingIfNeeded: row) }
    if map == nil, points.weights == nil { grid = ExactGrid(guessedFrom: points.rows) }
  }

  /// How many bytes are remembered of some rows, without bounds.
  static func bytes(_ rows: Rows<Scalar>) -> Int {
    rows.count * (4 * FilterShape.words(columns: rows.columns) + 4 * FilterShape.facts + 12)
  }

  deinit {
    LargeMemory.give(back: bytes)
    LargeMemory.give(back: facts)
    LargeMemory.give(back: distances)
    LargeMemory.give(back: order)
  }
}

extension RowMemory {
  /// Assigns every row, and leaves its squared distance in ``distances``.
  ///
  /// - Parameters:
  ///   - nearest: its centroids are grouped anew where the rows are sorted anew.
  ///   - labels: IN/OUT, one a row.
  ///   - areKnown: whether they mean something.
  func assign(
    _ nearest: inout NearestCentroids<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    areKnown: Bool
  ) -> AssignmentCounts {
    if areKnown, plan.sortsNow { sort(&nearest, labels) }
    let k = nearest.centroids.rows
    sumsAnew = !areKnown || forgotSums
    changed = Array(repeating: sumsAnew, count: k)
    forgotSums = false
    moved = []
    let total = Mutex(AssignmentCounts())
    nonisolated(unsafe) let labels = labels
    let nearest = nearest
    nearest.withFilterStep { step in
      bounds?.begin(nearest, step, threads: threads)
      let chunk = 64
      Workers.share((vectors + chunk - 1) / chunk, among: threads) { turns in
        let scratch = FilterScratch<Scalar>(
          columns: step.centroids.columns, groupCount: step.quantized.groupCount)
        let visit = VectorVisit(step: step, scratch: scratch, map: map)
        var counts = AssignmentCounts()
        while let number = turns.next() {
          for vector in number * chunk..<min((number + 1) * chunk, vectors) {
            counts += assign(vector, visit, labels, areKnown)
          }
        }
        total.withLock { total in
          total += counts
          gather(visit)
        }
      }
    }
    isQuantized = true
    let counts = total.withLock { $0 }
    plan.note(counts, clusters: k)
    return counts
  }

  /// Takes what a thread has noted; one at a time.
  private func gather(_ visit: VectorVisit<Scalar>) {
    for cluster in changed.indices where visit.changed[cluster] { changed[cluster] = true }
    moved += visit.moved
    if !visit.isOnGrid { grid = nil }
  }

  /// Sums the clusters of the last assignment: by what moved where sums are exact and little did, else those that changed.
  ///
  /// - Parameter sums: of the assignment before, or anything after the first one.
  func sum(
    into sums: inout ClusterSums<Scalar>, _ labels: UnsafePointer<Int32>,
    _ kernels: FilterKernels<Scalar>
  ) {
    let clusters = sums.clusters
    if grid != nil, !sumsAnew, moved.count < points.count / 8 {
      sums.move(moved, of: points.rows)
    } else {
      let order = RowsByLabel(labels, count: points.count, clusters: clusters)
      sums.sum(
        points, in: order, changed: changed, stripeRows: Stripes.rows(clusters: clusters), map: map,
        filter: kernels, threads: threads)
    }
    sums.inertiaSum = InertiaSum(
      distances, points.weights, count: points.count, stripeRows: Stripes.rows(clusters: clusters))
  }

  /// How many points a vector has: the last one may have fewer than sixteen.
  private func count(_ vector: Int) -> Int {
    min(FilterShape.lanes, points.count - vector * FilterShape.lanes)
  }

  private func assign(
    _ vector: Int, _ visit: VectorVisit<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
    _ areKnown: Bool
  ) -> AssignmentCounts {
    let (step, scratch, count) = (visit.step, visit.scratch, count(vector))
    let numbers = order + vector * FilterShape.lanes
    let here = visit.rows(points.rows, numbers, count)
    let ahead =
      vector + 1 < vectors
      ? visit.rowsAhead(points.rows, numbers + FilterShape.lanes, self.count(vector + 1)) : nil
    let bytes = bytes + vector * FilterShape.lanes * words
    let facts = facts + vector * FilterShape.lanes * FilterShape.facts
    if !isQuantized {
      step.quantize(here, scratch, points: bytes, facts: facts)
      if !isSorted { visit.check(here, grid) }
    }
    var found: FilterCounts
    var groups = step.quantized.groupCount
    if areKnown {
      for lane in 0..<FilterShape.lanes {
        scratch.labels[lane] = labels[Int(numbers[min(lane, count - 1)])]
      }
      step.findLimits(here, scratch, facts: facts)
      if let bounds {
        let live = bounds.live(
          vector, heights: scratch.limits + 7 * FilterShape.lanes, step, list: scratch.list)
        groups = live.count
        step.filter(
          scratch, points: bytes, list: scratch.list, groups: live.padded, maxima: scratch.maxima,
          ahead: ahead)
        found = step.decide(
          here, scratch, list: scratch.list, groups: live.padded, count: count)
        bounds.refresh(vector, step, scratch, count: live.count)
        if verifies { visit.verify(here, live: live.count, count: count) }
      } else {
        let list = step.quantized.everyGroup
        step.filter(scratch, points: bytes, list: list, groups: groups, maxima: nil, ahead: ahead)
        found = step.decide(here, scratch, list: list, groups: groups, count: count)
      }
    } else {
      found = step.assignUnknown(
        here, scratch, count: count, points: bytes, facts: facts, ahead: ahead)
    }
    var counts = AssignmentCounts()
    counts.rows = count
    counts.redecided = found.lanes.nonzeroBitCount
    counts.candidates = found.distances + count
    counts.compared = count * min(groups * FilterShape.groupSize, step.centroids.count)
    for lane in 0..<count {
      let row = Int(numbers[lane])
      if !areKnown {
        counts.moved += 1
      } else if labels[row] != scratch.labels[lane] {
        counts.moved += 1
        visit.move(numbers[lane], from: labels[row], to: scratch.labels[lane])
      }
      labels[row] = scratch.labels[lane]
      distances[row] = scratch.squaredDistances[lane]
    }
    return counts
  }

  /// Says that labels have changed besides.
  func forgetSums() { forgotSums = true }

  /// Whether the filter rules out enough of what some vectors at equal distances are compared with.
  func isWorthwhile(_ nearest: NearestCentroids<Scalar>) -> Bool {
    nearest.withFilterStep { step in
      let scratch = FilterScratch<Scalar>(
        columns: step.centroids.columns, groupCount: step.quantized.groupCount)
      let visit = VectorVisit(step: step, scratch: scratch, map: map)
      let tried = min(vectors, Self.triedVectors)
      var (rows, candidates) = (0, 0)
      for place in 0..<tried {
        let vector = place * vectors / tried
        let count = count(vector)
        let here = visit.rows(points.rows, order + vector * FilterShape.lanes, count)
        step.quantize(here, scratch, points: scratch.points, facts: scratch.facts)
        let found = step.assignUnknown(
          here, scratch, count: count, points: scratch.points, facts: scratch.facts, ahead: nil)
        rows += count
        candidates += found.distances + count
      }
      return candidates <= nearest.mostCandidates * rows
    }
  }

  /// How many vectors are tried: about a hundredth of the points of a fit that takes long.
  private static var triedVectors: Int { 64 }

  /// Groups near centroids, visits the points in the order of their labels from now on, and forgets all bounds.
  private func sort(_ nearest: inout NearestCentroids<Scalar>, _ labels: UnsafePointer<Int32>) {
    let k = nearest.centroids.rows
    let grouped = nearest.centroids.withRows {
      CentroidGrouping.order($0, nearest.kernels.directDistance)
    }
    nearest.group(by: grouped)
    // Where the points of each centroid begin, in the order of the slots.
    var starts = [Int](repeating: 0, count: k)
    for row in 0..<points.count { starts[Int(labels[row])] += 1 }
    var next = 0
    for label in grouped {
      let count = starts[Int(label)]
      starts[Int(label)] = next
      next += count
    }
    for row in 0..<points.count {
      let label = Int(labels[row])
      order[starts[label]] = Int32(truncatingIfNeeded: row)
      starts[label] += 1
    }
    (isQuantized, isSorted) = (false, true)
    let groups = nearest.filter!.quantized.groupCount
    bounds?.reset()
    if bounds == nil,
      CarriedBounds<Scalar>.bytes(vectors: vectors, groups: groups) <= boundBytes
    {
      bounds = CarriedBounds(vectors: vectors, groups: groups)
    }
    plan.noteSort()
  }
}
