import KMeansReports

/// A kind of report: what asks for it, and the page that it makes.
///
/// A new kind is a type in a folder of its own, with options of its own in a group of
/// ``ReportCommand``, and a line of ``ReportCommand/kinds``.
protocol ReportKind {
  /// - Returns: `nil` where nothing on the command line asks for this kind.
  /// - Throws: ``Failure`` where what is asked for does not go together. No file of points is
  ///   opened yet.
  init?(_ command: ReportCommand) throws

  /// The page, and what was looked at.
  func made() throws -> (page: Page, facts: ReportFacts)
}

/// What a report is of; the keys of `--json` are a contract.
struct ReportFacts: Encodable {
  /// `model`, `fit`, `elbow`, `onepass`, `sketch`, or a kind of stream.
  let kind: String
  var points: Int?
  var clusters: Int?
  /// How many points are drawn, where it is a sample.
  var sampledPoints: Int?
  var batches: Int?
  /// The file.
  var out: String?
  /// Its size.
  var bytes: Int?
  /// The time of all work, in seconds.
  var seconds: Double?

  init(_ kind: String) { self.kind = kind }
}
