package import KMeansFiles

// Plan and progress as sections of archives. No name is one of both, so that one archive may hold
// both.
extension LloydPlan {
  /// What an archive of a plan alone says it is.
  package static var archiveKind: String { "k-means plan" }

  /// The plan as an archive.
  ///
  /// - Complexity: O(d).
  package var archive: Archive {
    var archive = Archive(kind: Self.archiveKind)
    archive["pointCount"] = .int(Int64(pointCount))
    transform.write(to: &archive)
    archive["shift"] = LloydArchive.section(centering.shift)
    archive["rangeOfValues"] = .doubles([range.smallest, range.largest])
    archive["areFloats"] = .int(range.areFloats ? 1 : 0)
    archive["weightOfAll"] = .double(weight)
    archive["isWeighted"] = .int(isWeighted ? 1 : 0)
    archive["meanVariance"] = .double(meanVariance)
    archive["totalInertia"] = .double(totalInertia)
    archive["zeroRows"] = .ints(zeroRows.map(Int64.init))
    archive["boxLow"] = LloydArchive.section(known.low)
    archive["boxHigh"] = LloydArchive.section(known.high)
    return archive
  }

  /// The plan in an archive.
  ///
  /// - Throws: ``FileError`` with the section, where it cannot be one of a plan.
  package init(_ archive: Archive) throws {
    let parts = LloydArchive(archive)
    pointCount = try parts.number("pointCount", from: 1)
    let shift: [Scalar] = try parts.vector("shift")
    guard !shift.isEmpty, shift.allSatisfy({ LloydArchive.isValue($0) }) else {
      throw archive.wrong("shift", "has no value, or one that no point has")
    }
    centering = Centering(shift: shift)
    transform = try RowTransform(archive, columns: shift.count)
    range = try parts.valueRange()
    weight = try parts.number("weightOfAll")
    let isWeighted = try archive.flag("isWeighted")
    self.isWeighted = isWeighted
    meanVariance = try parts.number("meanVariance")
    totalInertia = try parts.number("totalInertia")
    let zeroRows = try archive.ints("zeroRows").map { Int($0) }
    self.zeroRows = zeroRows
    let bounded = [-1] + zeroRows + [pointCount]
    guard zip(bounded, bounded.dropFirst()).allSatisfy({ $0 < $1 }), zeroRows.isEmpty || isWeighted
    else { throw archive.wrong("zeroRows", "are not rows of \(pointCount), ascending") }
    let (low, high): ([Scalar], [Scalar]) = (
      try parts.vector("boxLow"), try parts.vector("boxHigh")
    )
    guard low.count == shift.count, high.count == shift.count,
      zip(low, high).allSatisfy({ $0 <= $1 || ($0 == .infinity && $1 == -.infinity) })
    else { throw archive.wrong("boxLow", "makes no box of \(counted(shift.count, "column"))") }
    known = ColumnBox(low: low, high: high)
  }
}

extension LloydProgress {
  /// What an archive of a progress alone says it is.
  package static var archiveKind: String { "k-means progress" }

  /// The progress as an archive.
  ///
  /// - Complexity: O(n + k d).
  package var archive: Archive {
    var archive = Archive(kind: Self.archiveKind)
    archive["run"] = .int(Int64(run))
    archive["seeding"] = .ints([seeding.rounds, seeding.drawn, seeding.refused].map(Int64.init))
    archive["seedingPasses"] = .double(seeding.passes)
    archive.set("centroids", centroids)
    archive["labels"] = .bytes(labels.withUnsafeBytes { Array($0) })
    archive["inertia"] = .double(inertia)
    archive["historySums"] = .doubles(history.flatMap { [$0.inertia, $0.squaredShift] })
    archive["historyCounts"] = .ints(
      history.flatMap { iteration in
        [
          iteration.moved, iteration.refilled, iteration.redecided, iteration.compared,
          iteration.candidates, iteration.unfiltered,
        ].map(Int64.init)
      })
    archive["counts"] = .ints(LloydArchive.numbers(counts) + LloydArchive.numbers(latest))
    if let converged { archive["converged"] = .int(converged ? 1 : 0) }
    archive["isInBoxes"] = .int(isInBoxes ? 1 : 0)
    return archive
  }

  /// The progress in an archive.
  ///
  /// - Throws: ``FileError`` with the section, where it cannot be one of a progress.
  package init(_ archive: Archive) throws {
    let parts = LloydArchive(archive)
    run = try parts.number("run", from: 0)
    let seeding = try parts.counts("seeding", 3)
    self.seeding = SeedingReport()
    (self.seeding.rounds, self.seeding.drawn, self.seeding.refused) = (
      seeding[0], seeding[1], seeding[2]
    )
    self.seeding.passes = try parts.number("seedingPasses")
    let centroids: Matrix<Scalar> = try parts.matrix("centroids")
    self.centroids = centroids
    let labels = try parts.labels(clusters: centroids.rows)
    self.labels = labels
    inertia = try parts.number("inertia")
    let counts = try parts.counts("counts", 12)
    self.counts = AssignmentCounts(counts[..<6])
    latest = AssignmentCounts(counts[6...])
    let sums: [Double] = try archive.vector("historySums")
    guard sums.count % 2 == 0, sums.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw archive.wrong("historySums", "are not two numbers an iteration, finite and at least 0")
    }
    let each = try parts.counts("historyCounts", sums.count / 2 * 6)
    history = (0..<sums.count / 2).map { place in
      KMeans.Iteration(
        number: place + 1, inertia: sums[2 * place], points: labels.count, moved: each[6 * place],
        refilled: each[6 * place + 1], squaredShift: sums[2 * place + 1],
        redecided: each[6 * place + 2], compared: each[6 * place + 3],
        candidates: each[6 * place + 4], unfiltered: each[6 * place + 5])
    }
    converged = archive["converged"] == nil ? nil : try archive.flag("converged")
    isInBoxes = try archive.flag("isInBoxes")
    guard converged != nil || !isInBoxes else {
      throw archive.wrong("isInBoxes", "is 1 while the run goes on")
    }
  }
}

/// The parts of plan and progress in an archive, checked.
private struct LloydArchive {
  let archive: Archive

  init(_ archive: Archive) { self.archive = archive }

  /// Whether points, transformed or not, or centroids can have a value.
  static func isValue<Scalar: ClusteringScalar>(_ value: Scalar) -> Bool {
    Double(value).magnitude <= FiniteCheck<Scalar>.limit
  }

  static func numbers(_ counts: AssignmentCounts) -> [Int64] {
    [
      counts.rows, counts.moved, counts.redecided, counts.compared, counts.candidates,
      counts.unfiltered,
    ].map(Int64.init)
  }

  /// Values as a section.
  static func section<Scalar: ClusteringScalar>(_ values: [Scalar]) -> Archive.Value {
    if let floats = values as? [Float] { return .floats(floats) }
    return .doubles(values.map { Double($0) })
  }

  /// Values of the type that is asked for, and of no other.
  func vector<Scalar: ClusteringScalar>(_ name: String) throws -> [Scalar] {
    Scalar.self == Float.self
      ? try archive.vector(name, as: Float.self).map { Scalar($0) }
      : try archive.vector(name, as: Double.self).map { Scalar($0) }
  }

  /// A matrix of values that centroids can have.
  func matrix<Scalar: ClusteringScalar>(_ name: String) throws -> Matrix<Scalar> {
    let found: (columns: Int, values: [Scalar]) = try matrixValues(name)
    let (columns, values) = found
    guard !values.isEmpty, values.count / columns <= Int(Int32.max),
      values.allSatisfy({ Self.isValue($0) })
    else { throw archive.wrong(name, "has no value, or one that no centroid has") }
    return try Matrix(values.span, columns: columns)
  }

  private func matrixValues<Scalar: ClusteringScalar>(
    _ name: String
  ) throws -> (columns: Int, values: [Scalar]) {
    if Scalar.self == Float.self {
      let found = try archive.matrix(name, as: Float.self)
      return (found.columns, found.values.map { Scalar($0) })
    }
    let found = try archive.matrix(name, as: Double.self)
    return (found.columns, found.values.map { Scalar($0) })
  }

  /// A whole number.
  func number(_ name: String, from least: Int) throws -> Int {
    let value = try archive.int(name)
    guard value >= least, value < 1 << 53 else {
      throw archive.wrong(name, "is \(value), expected a number from \(least) to 2^53")
    }
    return Int(value)
  }

  /// A number that is finite and not negative.
  func number(_ name: String) throws -> Double {
    let value = try archive.double(name)
    guard value >= 0, value.isFinite else {
      throw archive.wrong(name, "is \(value), expected a finite number that is not negative")
    }
    return value
  }

  /// So many whole numbers that are not negative.
  func counts(_ name: String, _ count: Int) throws -> [Int] {
    let values = try archive.ints(name)
    guard values.count == count, values.allSatisfy({ $0 >= 0 && $0 < 1 << 53 }) else {
      throw archive.wrong(
        name, "has \(counted(values.count, "value")), expected \(count) from 0 to 2^53")
    }
    return values.map { Int($0) }
  }

  func valueRange() throws -> ValueRange {
    let values: [Double] = try archive.vector("rangeOfValues")
    guard values.count == 2, values[0] > 0, values[1] >= 0,
      values[1] <= FiniteCheck<Double>.limit, values[0] <= values[1] || values[1] == 0
    else {
      throw archive.wrong("rangeOfValues", "is \(values), expected the smallest and the largest")
    }
    var range = ValueRange()
    (range.smallest, range.largest) = (values[0], values[1])
    range.areFloats = try archive.flag("areFloats")
    return range
  }

  /// One label a point, four bytes each.
  func labels(clusters: Int) throws -> [Int32] {
    let bytes = try archive.bytes("labels")
    let count = bytes.count / 4
    let labels = bytes.withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self) }
    }
    guard count > 0, bytes.count == 4 * count, labels.allSatisfy({ $0 >= 0 && $0 < clusters })
    else {
      throw archive.wrong(
        "labels", "are not four bytes a point that name one of \(counted(clusters, "cluster"))")
    }
    return labels
  }
}

extension AssignmentCounts {
  fileprivate init(_ numbers: ArraySlice<Int>) {
    self.init()
    let numbers = Array(numbers)
    (rows, moved, redecided) = (numbers[0], numbers[1], numbers[2])
    (compared, candidates, unfiltered) = (numbers[3], numbers[4], numbers[5])
  }
}
