import KMeansFiles

/// Finds the truth of each batch of a stream, whose batches may be others than those of the truth:
/// by how many points came before, or else by the time.
package struct TruthAlignment: Sendable {
  /// The lines, in the order of their numbers.
  private let records: [TruthRecord]
  private let places: [Int: Int]
  /// How many points there are up to the end of each line, and the time there; `nil` where the
  /// truth does not say.
  private let ends: [Int]?
  private let times: [Double]?
  private var count = PointCount()
  /// The line of the last batch.
  private var last: Int?
  /// The first batch that there is no truth for, though there are batches behind it.
  private var firstLost: Int?
  /// The points of a run of the stream, where they are others than those of the truth.
  private var otherCount: Int?

  /// - Parameter records: lines of one truth.
  package init(_ records: [TruthRecord]) {
    self.records = records.sorted { $0.batch < $1.batch }
    places = Dictionary(
      self.records.enumerated().map { ($1.batch, $0) }, uniquingKeysWith: { $1 })
    let isWhole = self.records.enumerated().allSatisfy { $1.batch == $0 + 1 }
    let points = self.records.compactMap(\.points)
    var total = 0
    ends =
      isWhole && points.count == records.count
      ? points.map {
        total &+= $0
        return total
      } : nil
    let times = self.records.compactMap(\.time)
    self.times = isWhole && times.count == records.count ? times : nil
  }

  /// The truth at the end of a batch, with all that has happened since the one before. Batches are
  /// asked for in their order; where their numbers fall, another run begins, and the truth with it.
  ///
  /// - Complexity: O(log n), and O(1) for each line since the batch before.
  package mutating func next(batch: Int, points: Int, time: Double) -> TruthRecord? {
    guard let ends else { return places[batch].map { records[$0] } }
    if batch < count.batch { endRun() }
    if let range = count.add(batch: batch, points: points, end: agreedEnd(batch, points)) {
      if range.lowerBound >= ends.last ?? 0, !range.isEmpty { return nil }
      return record(Self.first(ends, atLeast: range.upperBound))
    }
    // A clock that counts batches tells nothing.
    guard let times, let end = times.last, time <= end, time != Double(batch) else {
      firstLost = firstLost ?? batch
      return nil
    }
    return record(Self.first(times, atLeast: time))
  }

  /// What is to be said of the truth once all batches have been asked for.
  ///
  /// - Parameter stream: what the batches are of.
  package mutating func remark(_ stream: String) -> String? {
    guard let ends else {
      return
        "it does not say how many points its batches have: they are taken for those of \(stream)"
    }
    endRun()
    if let firstLost {
      return
        "from batch \(firstLost) on nobody knows which of its lines belong to \(stream), which "
        + "leaves out batches of different sizes: there is no truth for these; kmeans stream "
        + "without --trace-every leaves none out"
    }
    return otherCount.map {
      "it is of \(counted(ends.last ?? 0, "point")), \(stream) of \($0): the first of these are "
        + "taken for the first of those"
    }
  }

  private mutating func endRun() {
    if let total = count.total, let ends, total != ends.last { otherCount = otherCount ?? total }
    (count, last) = (PointCount(), nil)
  }

  /// The points up to the end of a batch that is one of the truth, as all before it were: of
  /// batches that a trace leaves out the truth knows how many points they have.
  private func agreedEnd(_ batch: Int, _ points: Int) -> Int? {
    guard let ends, let total = count.total, let place = places[batch], batch > count.batch,
      records[place].points == points,
      total == (count.batch == 0 ? 0 : places[count.batch].map { ends[$0] })
    else { return nil }
    return ends[place]
  }

  /// A line, with the events of those since the last batch.
  private mutating func record(_ found: Int) -> TruthRecord {
    let place = min(found, records.count - 1)
    let begin = last.map { $0 + 1 } ?? 0
    last = max(place, last ?? 0)
    var record = records[place]
    record.events = begin <= place ? records[begin...place].flatMap { $0.events ?? [] } : []
    return record
  }

  /// The first place of a value that is at least so large, among some that do not fall; their count
  /// where there is none.
  private static func first<Value: Comparable>(_ values: [Value], atLeast least: Value) -> Int {
    var (lower, upper) = (0, values.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if values[middle] < least { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
