import Batching
import Clustering
import KMeansFiles
import KMeansReports

/// The report of a trace.
struct StreamPage: ReportKind {
  private let command: ReportCommand
  private let trace: String

  init?(_ command: ReportCommand) throws {
    guard let trace = command.streams.trace else { return nil }
    if let k = command.shown.k {
      throw Failure.usage("-k \(k): the trace \(trace) has its clusters: expected no -k")
    }
    let clustering = command.clustering
    if clustering.standardize || clustering.pointWeights != nil
      || !clustering.distances.givenNames.isEmpty || !clustering.scaling.givenNames.isEmpty
    {
      throw Failure.usage(
        "--trace \(trace): the stream has been learnt: expected no options of clustering")
    }
    if trace == "-", command.inputs.contains("-") {
      throw Failure.usage("--trace - and the input - both want the standard input")
    }
    (self.command, self.trace) = (command, trace)
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    let truth = try Truth(command.streams.truth, note: command.common.note)
    var (history, alignment) = (StreamHistory(), truth?.alignment)
    let (lines, cutBytes) = try JSONLines.read(
      trace, as: TraceRecord.self, of: "kmeans stream --trace"
    ) { record in
      history.add(
        record,
        truth: alignment?.next(batch: record.batch, points: record.points, time: record.time))
    }
    let name = trace == "-" ? InputFile.standardInputName : trace
    guard !history.measures.isEmpty else {
      let found = cutBytes > 0 ? "it has no whole line yet" : "it has no line"
      throw Failure.data("\(name): \(found): expected a trace of 'kmeans stream --trace'")
    }
    var notes = truth?.remark(alignment, of: name).map { [$0] } ?? []
    var (sample, names): (PointSample?, [String]?) = (nil, nil)
    if !command.inputs.isEmpty { (sample, names) = try points(like: history, name, &notes) }
    let deaths = command.streams.deaths ?? 8
    let drawn = DrawnStream(
      history, names: names, sample: sample, deaths: deaths.isFinite ? deaths : nil)
    var page = drawn.page("A stream of points and its clusters", source: name)
    if cutBytes > 0 {
      notes.append(
        "\(name): line \(lines + 1) is cut after \(counted(cutBytes, "byte")): it is left out, as of a "
          + "stream that is at work")
    }
    page.notes.insert(contentsOf: notes.map { "\($0)." }, at: 0)
    notes.forEach(command.common.note)
    var facts = ReportFacts("stream")
    facts.batches = history.measures.count
    facts.clusters = history.frames.last?.record.ids.count
    // A trace may say anything: no sum of its numbers may end the program.
    facts.points = history.measures.reduce(0) { sum, measure in
      let next = sum.addingReportingOverflow(measure.points)
      return next.overflow ? .max : next.partialValue
    }
    facts.sampledPoints = sample?.points.count
    return (page, facts)
  }

  /// Some points of the input, and the names of its columns.
  ///
  /// - Parameters:
  ///   - name: that of the trace.
  ///   - notes: takes what should be known of them.
  private func points(
    like history: StreamHistory, _ name: String, _ notes: inout [String]
  ) throws -> (PointSample, [String]?) {
    // The trace knows its batches; how the input is cut matters only where it does not.
    let isTold = history.measures.allSatisfy { $0.rows != nil }
    let batches = try StreamPoints(command, limit: isTold ? 4096 : command.streams.batchSize)
    if let dimension = history.dimension, batches.columns != dimension {
      throw Failure.data(
        "\(command.inputs[0]): \(counted(batches.columns, "column")), expected \(dimension) as in "
          + "\(trace)")
    }
    var (sample, count) = (PointSample(most: command.results.sample), 0)
    while let batch = try batches.next() {
      for row in 0..<batch.points.rows where sample.takesNext() {
        sample.add(
          (0..<batch.points.columns).map { batch.points[row, $0] },
          batch: isTold ? count + row : batches.count)
      }
      count += batch.points.rows
    }
    guard let rows = StreamRows(history, count: count) else { return (sample, batches.names) }
    sample.assign(rows.batch)
    if rows.expected != count {
      notes.append(
        "\(command.inputs[0]): \(counted(count, "point")), and \(name) is of \(rows.expected): the "
          + "points may not be those that the stream learnt")
    }
    return (sample, batches.names)
  }
}

extension PointSample {
  /// Adds some of the rows of a batch.
  mutating func add(_ rows: Matrix<Double>, batch: Int) {
    for row in 0..<rows.rows where takesNext() {
      add((0..<rows.columns).map { rows[row, $0] }, batch: batch)
    }
  }
}
