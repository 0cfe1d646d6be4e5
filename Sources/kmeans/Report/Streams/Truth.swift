import KMeansFiles
import KMeansReports

/// The truth about a stream, of a file.
struct Truth {
  private let path: String
  private let records: [TruthRecord]
  /// One a stream: each begins with the first line.
  var alignment: TruthAlignment { TruthAlignment(records) }

  /// - Parameters:
  ///   - path: `nil` where there is none.
  ///   - note: takes a line for the user.
  init?(_ path: String?, note: (String) -> Void) throws {
    guard let path else { return nil }
    var records: [TruthRecord] = []
    let (lines, cutBytes) = try JSONLines.read(
      path, as: TruthRecord.self, of: "kmeans generate --truth"
    ) { record in
      records.append(record)
      return record.problem
    }
    guard !records.isEmpty else {
      throw Failure.data(
        "\(path): it has no whole line: expected a truth of 'kmeans generate --truth'")
    }
    if cutBytes > 0 { note("\(path): line \(lines + 1) is cut: it is left out") }
    (self.path, self.records) = (path, records)
  }

  /// What is to be said of it beside a stream, once all of that has been matched with it.
  func remark(_ alignment: TruthAlignment?, of stream: String) -> String? {
    var alignment = alignment
    return alignment?.remark(stream).map { "\(path): \($0)" }
  }
}
