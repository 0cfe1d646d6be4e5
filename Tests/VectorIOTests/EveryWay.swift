import KMeansFiles
import Testing
import VectorIO

/// Expects the same rows of a text whichever way it comes: whole and in pieces, as a file, through
/// a pipe and packed, the first time and after a rewind.
func expectRows(
  _ expected: [[Double]], of text: String, name: String,
  options: ReadingOptions = ReadingOptions(), skipping skipped: [Int] = [],
  kinds: [MemorySource.Kind] = [.file, .pipe, .packed],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let bytes = Array(text.utf8)
  var sources: [(MemorySource, String, Int)] = []
  for kind in kinds {
    for (piece, windowSize) in [(Int.max, 1 << 18), (1, 1), (1, 1000), (3, 20), (7, 7)] {
      sources.append((MemorySource(bytes, piece: piece, kind: kind), name, windowSize))
    }
    if kind != .packed {
      sources.append((MemorySource(gzipMember(bytes), kind: kind), name + ".gz", 1 << 18))
    }
  }
  for (source, name, windowSize) in sources {
    let opened = try OpenedVectorFile(
      source: source, name: name, options: options, windowSize: windowSize)
    var file = opened.rows(as: Double.self)
    for _ in 0..<(source.isLive ? 1 : 2) {
      let found = arrays(try Matrix(reading: &file))
      #expect(
        found.map { $0.map(\.bitPattern) } == expected.map { $0.map(\.bitPattern) },
        "\(found) in windows of \(windowSize) bytes", sourceLocation: sourceLocation)
      #expect(Array(file.skippedRows) == skipped, sourceLocation: sourceLocation)
      if !source.isLive { try file.rewind() }
    }
  }
}

/// Expects the same error of a text whichever way it comes.
func expectError(
  _ place: FileError.Place, _ problem: String, of text: String, name: String,
  options: ReadingOptions = ReadingOptions(), sourceLocation: SourceLocation = #_sourceLocation
) {
  for (piece, windowSize) in [(Int.max, 1 << 18), (1, 1), (7, 7)] {
    let error = failure {
      _ = try rows(text, name: name, options: options, piece: piece, windowSize: windowSize)
    }
    #expect(error == malformed(place, problem), sourceLocation: sourceLocation)
  }
}
