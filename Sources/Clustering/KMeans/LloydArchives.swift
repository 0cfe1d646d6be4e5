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
    archive["shift"] = Scalar.section(centering.shift)
    if let mostTerms = centering.mostTerms { archive["mostTerms"] = .int(Int64(mostTerms)) }
    archive["rangeOfValues"] = .doubles([range.smallest, range.largest])
    archive["areFloats"] = .int(range.areFloats ? 1 : 0)
    archive["weightOfAll"] = .double(weight)
    archive["isWeighted"] = .int(isWeighted ? 1 : 0)
    archive["meanVariance"] = .double(meanVariance)
    archive["totalInertia"] = .double(totalInertia)
    archive["zeroRows"] = .ints(zeroRows.map(Int64.init))
    archive["boxLow"] = Scalar.section(known.low)
    archive["boxHigh"] = Scalar.section(known.high)
    return archive
  }

  /// The plan in an archive.
  ///
  /// - Throws: ``FileError`` with the section, where it cannot be one of a plan.
  package init(_ archive: Archive) throws {
    let parts = LloydArchive(archive)
    pointCount = try archive.count("pointCount", from: 1)
    let shift = try archive.vector("shift", as: Scalar.self)
    guard !shift.isEmpty,
      shift.allSatisfy({ Double($0).magnitude <= FiniteCheck<Scalar>.limit })
    else {
      throw archive.wrong("shift", "has no value, or one that no point has")
    }
    centering = Centering(
      shift: shift,
      mostTerms: archive["mostTerms"] == nil ? nil : try archive.count("mostTerms", from: 0))
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
    let low = try archive.vector("boxLow", as: Scalar.self)
    let high = try archive.vector("boxHigh", as: Scalar.self)
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
    if let inertia { archive["inertia"] = .double(inertia) }
    archive["historyInertias"] = .doubles(history.map { $0.inertia ?? Self.unknown })
    archive["squaredShifts"] = .doubles(history.map(\.squaredShift))
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

  /// Stands for an inertia that nobody asked for.
  private static var unknown: Double { -1 }

  /// The progress in an archive.
  ///
  /// - Throws: ``FileError`` with the section, where it cannot be one of a progress.
  package init(_ archive: Archive) throws {
    let parts = LloydArchive(archive)
    run = try archive.count("run")
    let seeding = try parts.counts("seeding", 3)
    self.seeding = SeedingReport()
    (self.seeding.rounds, self.seeding.drawn, self.seeding.refused) = (
      seeding[0], seeding[1], seeding[2]
    )
    self.seeding.passes = try parts.number("seedingPasses")
    let centroids: Matrix<Scalar> = try archive.finiteMatrix("centroids")
    guard centroids.rows <= Int(Int32.max) else {
      throw archive.wrong("centroids", "has more rows than labels can name")
    }
    self.centroids = centroids
    let labels = try parts.labels(clusters: centroids.rows)
    self.labels = labels
    inertia = archive["inertia"] == nil ? nil : try parts.number("inertia")
    let counts = try parts.counts("counts", 12)
    self.counts = AssignmentCounts(counts[..<6])
    latest = AssignmentCounts(counts[6...])
    let iterations = try archive.ints("historyCounts").count / 6
    let shifts = try parts.sums("squaredShifts", iterations)
    let inertias = try archive.numbers(
      "historyInertias", iterations, in: Self.unknown...Double.greatestFiniteMagnitude)
    let each = try parts.counts("historyCounts", shifts.count * 6)
    history = shifts.indices.map { place in
      KMeans.Iteration(
        number: place + 1, inertia: inertias[place] < 0 ? nil : inertias[place],
        points: labels.count,
        moved: each[6 * place],
        refilled: each[6 * place + 1], squaredShift: shifts[place],
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

  static func numbers(_ counts: AssignmentCounts) -> [Int64] {
    [
      counts.rows, counts.moved, counts.redecided, counts.compared, counts.candidates,
      counts.unfiltered,
    ].map(Int64.init)
  }

  /// A number that is finite and not negative.
  func number(_ name: String) throws -> Double {
    let value = try archive.double(name)
    guard value >= 0, value.isFinite else {
      throw archive.wrong(name, "is \(value), expected a finite number that is not negative")
    }
    return value
  }

  /// Whole numbers that are not negative, `count` of them.
  func counts(_ name: String, _ count: Int) throws -> [Int] {
    let values = try archive.ints(name)
    guard values.count == count, values.allSatisfy({ $0 >= 0 && $0 < 1 << 53 }) else {
      throw archive.wrong(
        name, "has \(counted(values.count, "value")), expected \(count) from 0 to 2^53")
    }
    return values.map { Int($0) }
  }

  /// So many sums of squares.
  func sums(_ name: String, _ count: Int) throws -> [Double] {
    try archive.numbers(name, count, in: 0...Double.greatestFiniteMagnitude)
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
