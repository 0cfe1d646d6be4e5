internal import KMeansLocks

/// Spark's labels: the argmin of squared distances that are summed from the first column to the
/// last (`Vectors.sqdist`), the lowest index on ties.
///
/// `directDistance` adds the same squares in another order, so it decides every row but those where
/// the best and the second best are nearer to each other than the orders can explain. Let q_j be
/// the rounded squares of the rounded differences, the same in both, and Q their exact sum. A sum
/// of n terms that are not negative, in any order in which each of them goes through at most m
/// additions, is Q (1 + t), |t| <= gamma_m (Higham, Accuracy and Stability, 4.2). Sequentially m =
/// d - 1; eight lanes take m = ceil(d/8) + 2. So the two sums of one pair differ by a factor
/// (1 + t) with |t| <= g = gamma_(d + ceil(d/8) + 1) (3.4 there), and where
///
///     second > best (1 + 4 g) >= best (1 + g)/(1 - g),    g <= 1/4,
///
/// every other centroid is farther by the sequential sum, too. The rounding of the right side is
/// covered: 4 g exceeds the necessary term by g and more, some ten units. Sums below the smallest
/// normal number are exact in both orders, and a second best that overflows is no nearer than the
/// largest number. Below 8 columns `directDistance` is the sequential sum.
struct SequentialAssignment: Sendable {
  let instructionSet: InstructionSet
  // Memory that batches use again.
  private var distances: [Double] = []
  private var secondDistances: [Double] = []
  private let scratch = PassScratch<EmptyReduction<Double>>()

  init(instructionSet: InstructionSet) { self.instructionSet = instructionSet }

  /// Labels at least one row.
  ///
  /// - Returns: the number of rows that the sequential sum had to decide.
  mutating func assign(
    _ rows: Rows<Double>, to centroids: Matrix<Double>, threads: Int,
    labels: UnsafeMutablePointer<Int32>
  ) -> Int {
    let nearest = NearestCentroids(
      centroids, centering: Centering(medianOf: rows), instructionSet: instructionSet)
    let pass = RowPass(WeightedRows(rows: rows), clusters: centroids.rows, threads: threads)
    if rows.columns < 8 || centroids.rows == 1 {
      _ = pass.assign(nearest, into: Assignment(labels: labels), scratch: scratch)
      return 0
    }
    if distances.count < rows.count {
      distances = Array(repeating: 0, count: rows.count)
      secondDistances = distances
    }
    let scratch = scratch
    return distances.withUnsafeMutableBufferPointer { distances in
      secondDistances.withUnsafeMutableBufferPointer { seconds in
        let result = Assignment(
          labels: labels, distances: distances.baseAddress, secondDistances: seconds.baseAddress)
        _ = pass.assign(nearest, into: result, scratch: scratch)
        return Self.decide(pass, centroids, result)
      }
    }
  }

  /// Decides the rows that `directDistance` cannot.
  private static func decide(
    _ pass: RowPass<WeightedRows<Double>>, _ centroids: Matrix<Double>, _ result: Assignment
  ) -> Int {
    guard let best = result.distances, let second = result.secondDistances else { return 0 }
    let rows = pass.rows.rows
    let factor = factor(columns: rows.columns)
    return centroids.withRows { centroids in
      let decision = SequentialDecision(
        rows: rows, centroids: centroids, labels: result.labels, best: best, second: second,
        factor: factor)
      let decided = Mutex(0)
      let stripes = Stripes.count(rows: rows.count, stripeRows: pass.stripeRows)
      Workers.share(stripes, among: pass.threads) { stripes in
        var found = 0
        while let stripe = stripes.next() {
          found += decision.decide(
            Stripes.range(of: stripe, rows: rows.count, stripeRows: pass.stripeRows))
        }
        decided.withLock { $0 += found }
      }
      return decided.withLock { $0 }
    }
  }

  /// The ratio of second best to best above which `directDistance` decides: 1 + 4 g.
  static func factor(columns: Int) -> Double {
    let g = ScoreErrorBound.gamma(Double(columns + (columns + 7) / 8 + 1), Double.unitRoundoff)
    return g <= 0.25 ? 1 + 4 * g : .infinity
  }
}

/// Decides by sequential sums the rows for which
/// ``SequentialAssignment`` cannot trust the order that `directDistance` found. An unsafe handle.
///
/// `@unchecked Sendable`: threads write to labels of different rows.
struct SequentialDecision: @unchecked Sendable {
  let rows: Rows<Double>
  let centroids: Rows<Double>
  /// IN/OUT: the nearest centroid of each row.
  let labels: UnsafeMutablePointer<Int32>
  /// The squared distance of each row to it.
  let best: UnsafePointer<Double>
  /// The squared distance of each row to the second nearest.
  let second: UnsafePointer<Double>
  /// The ratio of second best to best above which `directDistance` decides.
  let factor: Double

  init(
    rows: Rows<Double>, centroids: Rows<Double>, labels: UnsafeMutablePointer<Int32>,
    best: UnsafePointer<Double>, second: UnsafePointer<Double>, factor: Double
  ) {
    self.rows = rows
    self.centroids = centroids
    self.labels = labels
    self.best = best
    self.second = second
    self.factor = factor
  }

  /// Decides some of the rows.
  ///
  /// - Returns: the number of them that were in doubt.
  func decide(_ range: Range<Int>) -> Int {
    var count = 0
    for row in range {
      if second[row] > best[row] * factor { continue }
      count += 1
      labels[row] = nearest(rows[row], startingWith: labels[row])
    }
    return count
  }

  /// The argmin of the sequential sum, the lowest index on ties, given a centroid that is near.
  private func nearest(_ point: UnsafePointer<Double>, startingWith first: Int32) -> Int32 {
    var label = first
    var least = distance(point, centroids[Int(first)], limit: .infinity)
    for centroid in 0..<Int32(centroids.count) where centroid != first {
      let found = distance(point, centroids[Int(centroid)], limit: least)
      if found < least || found == least && centroid < label { (label, least) = (centroid, found) }
    }
    return label
  }

  /// The sequential sum, or a part of it that is above the limit: adding squares never lowers it.
  private func distance(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, limit: Double
  ) -> Double {
    var sum = 0.0
    var column = 0
    while column < rows.columns, sum <= limit {
      let end = min(column + 8, rows.columns)
      while column < end {
        let difference = a[column] - b[column]
        sum = sum + difference * difference
        column += 1
      }
    }
    return sum
  }
}
