import Clustering

/// The ways of Mahout to look for the nearest centroid, by their short names.
enum MahoutSearch: String, CaseIterable {
  case brute, projection
  case fastProjection = "fast-projection"
  case lsh

  /// The name of Mahout's class.
  private var className: String {
    switch self {
    case .brute: "BruteSearch"
    case .projection: "ProjectionSearch"
    case .fastProjection: "FastProjectionSearch"
    case .lsh: "LocalitySensitiveHashSearch"
    }
  }

  /// A way by either name, or by that of the class with its package before it.
  init?(_ text: String) {
    let package = "org.apache.mahout.math.neighborhood."
    let name = text.hasPrefix(package) ? String(text.dropFirst(package.count)) : text
    let found = Self.allCases.first { $0.className == name || $0.rawValue == text }
    guard let found else { return nil }
    self = found
  }

  /// The way of a sketch.
  init(_ searcher: SketchParameters.Searcher) {
    switch searcher {
    case .brute: self = .brute
    case .projection: self = .projection
    case .fastProjection: self = .fastProjection
    case .hashing: self = .lsh
    }
  }

  /// All names, for an error.
  static var names: String {
    let names = allCases.map { "\($0.className) (\($0.rawValue))" }
    return names.dropLast().joined(separator: ", ") + " or \(names[names.count - 1])"
  }

  /// The options that say nothing to it.
  fileprivate func remark(_ projections: Int?, _ searchSize: Int?) -> String? {
    var passedOver: [String] = []
    if self == .brute || self == .lsh, let projections { passedOver.append("-np \(projections)") }
    if self == .brute, let searchSize { passedOver.append("-s \(searchSize)") }
    guard !passedOver.isEmpty else { return nil }
    let list = passedOver.joined(separator: ", ")
    let verb = passedOver.count == 1 ? "changes" : "change"
    let reason =
      self == .brute
      ? "the nearest centroid is found exactly" : "\(className) has 64 projections"
    return "\(reason): \(list) \(verb) nothing"
  }
}

extension MahoutOptions {
  private func chosen() throws -> MahoutSearch {
    guard let searcher else { return .brute }
    guard let found = MahoutSearch(searcher) else {
      throw Failure.usage("-sc \(searcher): expected \(MahoutSearch.names)")
    }
    return found
  }

  /// The search for the nearest centroid: exact unless another one was asked for, with
  /// `--compat mahout`, too.
  func search() throws -> SketchParameters.Searcher {
    let (projections, size) = (projections ?? 3, searchSize ?? 2)
    return switch try chosen() {
    case .brute: .brute
    case .projection: .projection(projections: projections, searchSize: size)
    case .fastProjection: .fastProjection(projections: projections, searchSize: size)
    case .lsh: .hashing(searchSize: size)
    }
  }

  /// A remark on options that the search passes over, as Mahout's does; `nil` for none.
  func checkSearch() throws -> String? { try chosen().remark(projections, searchSize) }
}
