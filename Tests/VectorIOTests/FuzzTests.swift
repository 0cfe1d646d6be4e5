import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Files with random damage are read or refused with a ``FileError``; nothing else happens: no
/// trap, no endless loop, no memory that the damage asks for.
///
/// `KMEANS_FUZZ_MUTATIONS` says how many times each file is damaged.
@Suite struct FuzzTests {
  static let mutations =
    ProcessInfo.processInfo.environment["KMEANS_FUZZ_MUTATIONS"].flatMap { Int($0) } ?? 10_000

  static let seeds = textSeeds + binarySeeds

  static let auxiliary = [
    AuxiliaryColumns(), AuxiliaryColumns(), AuxiliaryColumns(time: "1", key: "2"),
    AuxiliaryColumns(weight: "label"), AuxiliaryColumns(time: "t", weight: "x", key: "k"),
    AuxiliaryColumns(weight: "2", key: "1"),
  ]

  static let formats = [
    TextFormat(), TextFormat(), TextFormat(comment: CommentMark("#")),
    TextFormat(decimal: .comma, comment: CommentMark("#")), TextFormat(delimiter: .blanks),
    TextFormat(delimiter: .blanks, decimal: .comma, comment: CommentMark("#")),
    TextFormat(delimiter: .pipe),
  ]

  @Test(.timeLimit(.minutes(10)), arguments: seeds.indices)
  func `damage is read or refused`(index: Int) throws {
    let (name, good) = Self.seeds[index]
    var generator = TestRandom(UInt64(index))
    var sound = ReadingOptions(dimension: name == "a.f32" ? 2 : 4, onInvalid: .skip)
    if good.first == UInt8(ascii: "#") {
      sound.text = TextFormat(delimiter: .blanks, comment: CommentMark("#"))
    }
    if good.starts(with: Array("x;y".utf8)) { sound.text.decimal = .comma }
    #expect(try read(good, name, sound, .file, &generator) != nil)
    // Archives are read from files only.
    let kinds: [MemorySource.Kind] = name.hasSuffix(".npz") ? [.file] : [.file, .pipe, .packed]
    var (readable, refused) = (0, 0)
    for _ in 0..<Self.mutations {
      let bytes = damaged(good, &generator)
      var options = ReadingOptions(dimension: Bool.random(using: &generator) ? 4 : nil)
      if name == "a.f32" { options.dimension = 2 }
      options.auxiliary = Self.auxiliary.randomElement(using: &generator)!
      options.allowsNoRows = Bool.random(using: &generator)
      if name.hasSuffix(".csv") || name.hasSuffix(".txt") {
        options.text = Self.formats.randomElement(using: &generator)!
      }
      for onInvalid in InvalidRows.allCases {
        options.onInvalid = onInvalid
        do {
          let kind = kinds.randomElement(using: &generator)!
          _ = try read(bytes, name, options, kind, &generator)
          readable += 1
        } catch {
          #expect(error is FileError, "\(error)")
          refused += 1
        }
      }
    }
    // Hardly any damage of an archive leaves it readable.
    #expect(Self.mutations < 1000 || (readable > 0 && refused > 0))
  }

  /// Reads all rows, twice where that is possible; `nil` where they are too long for a test.
  private func read(
    _ bytes: [UInt8], _ name: String, _ options: ReadingOptions, _ kind: MemorySource.Kind,
    _ generator: inout TestRandom
  ) throws -> [[Float]]? {
    let source = MemorySource(bytes, piece: .random(in: 1...20, using: &generator), kind: kind)
    let opened = try OpenedVectorFile(
      source: source, name: name, options: options,
      windowSize: Int.random(in: 1...30, using: &generator))
    // Some damage asks for rows that fit into memory and would take long to fill.
    guard opened.info.columns < 1 << 12 else { return nil }
    if opened.info.columns == 0 {
      #expect(options.allowsNoRows)
      return []
    }
    var file = opened.rows(as: Float.self)
    let found = arrays(try Matrix(reading: &file))
    let skipped = file.skippedRows
    let auxiliary = file.takeAuxiliaryValues()
    #expect(auxiliary.times.count == (options.auxiliary.time == nil ? 0 : found.count))
    #expect(auxiliary.weights.count == (options.auxiliary.weight == nil ? 0 : found.count))
    #expect(auxiliary.keys.count == (options.auxiliary.key == nil ? 0 : found.count))
    if options.onInvalid == .skip {
      #expect(found.allSatisfy { $0.allSatisfy(\.isFinite) })
      #expect((auxiliary.times + auxiliary.weights).allSatisfy { $0.isFinite })
      #expect(zip(skipped, skipped.dropFirst()).allSatisfy { $0 < $1 })
      if let rows = file.info.rows { #expect(found.count + skipped.count == rows) }
    } else {
      if options.onInvalid == .mean { #expect(found.allSatisfy { !$0.contains { $0.isNaN } }) }
      #expect(skipped.isEmpty)
    }
    if kind != .pipe {
      try file.rewind()
      let again = try Matrix(reading: &file)
      #expect(again.rows == found.count && file.skippedRows == skipped)
    }
    if options.onInvalid != .error { try expectSparse(found, bytes, name, options, kind) }
    return found
  }

  /// Reads the rows without their zeros: they must be the same.
  private func expectSparse(
    _ rows: [[Float]], _ bytes: [UInt8], _ name: String, _ options: ReadingOptions,
    _ kind: MemorySource.Kind
  ) throws {
    var options = options
    options.isSparse = true
    var file = try OpenedVectorFile(
      source: MemorySource(bytes, piece: 7, kind: kind), name: name, options: options,
      windowSize: 16
    ).rows(as: Float.self)
    let found = try SparseMatrix(reading: &file)
    #expect(try arrays(found) == rows)
  }

  /// A few mutations.
  private func damaged(
    _ good: [UInt8], _ generator: inout TestRandom
  ) -> [UInt8] {
    var bytes = good
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      if Int.random(in: 0..<3, using: &generator) == 0 {
        damageText(&bytes, &generator)
      } else {
        damageByte(&bytes, &generator)
      }
    }
    return bytes
  }

  /// A byte changed, put in or taken out.
  private func damageByte(
    _ bytes: inout [UInt8], _ generator: inout TestRandom
  ) {
    let telling = Array("\"\n\r,;:#\t0e.-+()[]'L ".utf8) + [0, 0xff, 0x1f]
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let byte =
      Bool.random(using: &generator)
      ? telling.randomElement(using: &generator)! : UInt8.random(in: 0...255, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes.insert(byte, at: place)
    case 1 where bytes.count > 1: bytes.remove(at: place)
    case 2: bytes[place] ^= 1 << (byte & 7)
    default: bytes[place] = byte
    }
  }

  /// What goes wrong with text: lines twice, cut off or with other ends, and numbers of any length.
  private func damageText(
    _ bytes: inout [UInt8], _ generator: inout TestRandom
  ) {
    let newline = UInt8(ascii: "\n")
    let place = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0:
      let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
      let line = lines.randomElement(using: &generator)!
      bytes.insert(contentsOf: line + [newline], at: line.startIndex)
    case 1:
      let ends: [[UInt8]] = [[newline], [13, newline], [13], [newline, newline]]
      let end = ends.randomElement(using: &generator)!
      bytes = Array(
        bytes.split(separator: newline, omittingEmptySubsequences: false).joined(separator: end))
    case 2: bytes.removeSubrange(place...)
    case 3:
      let digits = Int.random(in: 1...60, using: &generator)
      let digit = UInt8.random(in: 0x30...0x39, using: &generator)
      bytes.insert(contentsOf: [UInt8](repeating: digit, count: digits), at: place)
    case 4:
      let exponents = ["e999", "E-400", "e99999999999999999999", "e+", "E0"]
      bytes.insert(contentsOf: exponents.randomElement(using: &generator)!.utf8, at: place)
    default:
      let words = [
        "[", "]", "(1,", "))", "[]", ",[", "\"\"", "NaN", "NA", " 9:9", "-0", "\u{feff}",
      ]
      bytes.insert(contentsOf: words.randomElement(using: &generator)!.utf8, at: place)
    }
  }
}
