internal import KMeansFiles

// The column that was meant by a name that no column has.
extension ColumnSelection {
  /// The end of a message on a column that does not exist: `: did you mean 'age'?`, or nothing.
  package static func suggestion(for item: String, among names: [String]) -> String {
    nearest(to: item, among: names).map { ": did you mean \(quoted($0))?" } ?? ""
  }

  /// The name that was meant: the same in other letters, one that holds the text or is held by it
  /// (`income` for `income (EUR)`), or one that is spelled nearly the same.
  private static func nearest(to item: String, among names: [String]) -> String? {
    // The names of a very wide file are not all compared.
    let names = names.prefix(10_000).filter { !$0.isEmpty && $0.utf8.count <= 200 }
    let lowered = names.map { $0.lowercased() }
    let wanted = item.lowercased()
    if let same = lowered.firstIndex(of: wanted) { return names[same] }
    guard wanted.count > 1, wanted.count <= 200 else { return nil }
    let parts = lowered.indices.filter {
      lowered[$0].contains(wanted) || lowered[$0].count > 2 && wanted.contains(lowered[$0])
    }
    let start = parts.filter { lowered[$0].hasPrefix(wanted) || wanted.hasPrefix(lowered[$0]) }
    let best = (start.isEmpty ? parts : start).min {
      abs(lowered[$0].count - wanted.count) < abs(lowered[$1].count - wanted.count)
    }
    if let best { return names[best] }
    let spelled = Suggestion.nearest(to: wanted, among: lowered)
    return spelled.flatMap { lowered.firstIndex(of: $0) }.map { names[$0] }
  }
}
