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
    var history = StreamHistory()
    let (lines, cutBytes) = try JSONLines.read(
      trace, as: TraceRecord.self, of: "kmeans stream --trace"
    ) { history.add($0, truth: truth.of($0.batch)) }
    let name = trace == "-" ? InputFile.standardInputName : trace
    guard !history.measures.isEmpty else {
      let found = cutBytes > 0 ? "it has no whole line yet" : "it has no line"
      throw Failure.data("\(name): \(found): expected a trace of 'kmeans stream --trace'")
    }
    var (sample, names): (PointSample?, [String]?) = (nil, nil)
    if !command.inputs.isEmpty { (sample, names) = try points(like: history) }
    let deaths = command.streams.deaths ?? 8
    let drawn = DrawnStream(
      history, names: names, sample: sample, deaths: deaths.isFinite ? deaths : nil)
    var page = drawn.page("A stream of points and its clusters", source: name)
    if cutBytes > 0 {
      let note =
        "\(name): line \(lines + 1) is cut after \(counted(cutBytes, "byte")): it is left out, as of a "
        + "stream that is at work"
      page.notes.insert("\(note).", at: 0)
      command.common.note(note)
    }
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
  private func points(like history: StreamHistory) throws -> (PointSample, [String]?) {
    let batches = try StreamPoints(command)
    if let dimension = history.dimension, batches.columns != dimension {
      throw Failure.data(
        "\(command.inputs[0]): \(counted(batches.columns, "column")), expected \(dimension) as in "
          + "\(trace)")
    }
    var sample = PointSample(most: command.results.sample)
    while let batch = try batches.next() { sample.add(batch.points, batch: batches.count) }
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

/// The truth about a stream, by the numbers of its batches.
struct Truth {
  private var records: [Int: TruthRecord] = [:]

  /// - Parameters:
  ///   - path: `nil` where there is none.
  ///   - note: takes a line for the user.
  init(_ path: String?, note: (String) -> Void) throws {
    guard let path else { return }
    var records: [Int: TruthRecord] = [:]
    let (lines, cutBytes) = try JSONLines.read(
      path, as: TruthRecord.self, of: "kmeans generate --truth"
    ) { record in
      records[record.batch] = record
      return record.problem
    }
    guard !records.isEmpty else {
      throw Failure.data(
        "\(path): it has no whole line: expected a truth of 'kmeans generate --truth'")
    }
    if cutBytes > 0 { note("\(path): line \(lines + 1) is cut: it is left out") }
    self.records = records
  }

  func of(_ batch: Int) -> TruthRecord? { records[batch] }
}
