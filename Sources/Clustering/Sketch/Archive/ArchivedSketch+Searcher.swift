internal import KMeansFiles

// How a sketch searches, in an archive: nothing where the search is exact.
extension SketchParameters.Searcher {
  /// The names in archives, which never change.
  private enum Name: String {
    case projection, fastProjection, hashing
  }

  /// Sets the sections.
  func write(to archive: inout Archive) {
    func set(_ name: Name, projections: Int?, searchSize: Int) {
      archive["searcher"] = .string(name.rawValue)
      if let projections { archive["projections"] = .int(Int64(projections)) }
      archive["searchSize"] = .int(Int64(searchSize))
    }
    switch self {
    case .brute: break
    case .projection(let projections, let size):
      set(.projection, projections: projections, searchSize: size)
    case .fastProjection(let projections, let size):
      set(.fastProjection, projections: projections, searchSize: size)
    case .hashing(let size): set(.hashing, projections: nil, searchSize: size)
    }
  }

  /// Reads them; what the numbers are is checked with the parameters.
  fileprivate init(_ archive: Archive) throws {
    guard archive["searcher"] != nil else {
      self = .brute
      return
    }
    let name = try archive.string("searcher")
    let size = Int(try archive.int("searchSize"))
    func projections() throws -> Int { Int(try archive.int("projections")) }
    switch Name(rawValue: name) {
    case .projection: self = .projection(projections: try projections(), searchSize: size)
    case .fastProjection: self = .fastProjection(projections: try projections(), searchSize: size)
    case .hashing: self = .hashing(searchSize: size)
    case nil: throw archive.wrong("searcher", "is '\(name)', which is none that is known")
    }
  }
}

extension SketchState {
  /// Sets the section of what a searcher remembers of the centroids, where one does.
  func writeMarks(to archive: inout Archive) {
    guard parameters.searcher.remembers else { return }
    archive["searcherMarks"] = .bytes(
      Array(UnsafeBufferPointer(start: memory.marks, count: count)))
  }
}

extension ArchivedSketch {
  /// Reads how the sketch searches.
  func readSearcher(_ parameters: inout SketchParameters) throws {
    parameters.searcher = try SketchParameters.Searcher(archive)
  }

  /// Reads what a searcher remembers of the centroids.
  func readMarks(_ parameters: SketchParameters, into memory: SketchMemory) throws {
    guard parameters.searcher.remembers else { return }
    let marks = try archive.bytes("searcherMarks")
    guard marks.count == memory.count else {
      throw archive.wrong(
        "searcherMarks",
        "has \(counted(marks.count, "mark")) for \(counted(memory.count, "centroid"))")
    }
    for (slot, mark) in marks.enumerated() {
      guard mark <= FastProjectionSearcher.Mark.moved else {
        throw archive.wrong(
          "searcherMarks", "has \(mark), expected at most \(FastProjectionSearcher.Mark.moved)")
      }
      memory.marks[slot] = mark
    }
  }
}
