import Testing

/// Damaged gzip: status 65, with the byte of the packed file.
@Suite struct GzipDataTests {
  static let packed = gzipFile(Array(Sample.csv.utf8))
  /// The trailer: CRC-32 and length.
  static let trailer = packed.count - 8

  static func damaged(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes = packed
    change(&bytes)
    return bytes
  }

  static let files: [(String, [UInt8], String)] = [
    (
      "truncated.csv.gz", Array(packed.dropLast(12)),
      "byte \(packed.count - 12): the gzip data ends here, in the middle of a member: the file is not whole"
    ),
    (
      "trailer.csv.gz", Array(packed.dropLast(3)),
      "byte \(packed.count - 3): the gzip data ends here, in the middle of a member: the file is not whole"
    ),
    (
      "header.csv.gz", Array(packed.prefix(5)),
      "byte 5: the gzip data ends here, in the middle of a member: the file is not whole"
    ),
    ("crc.csv.gz", damaged { $0[trailer] ^= 1 }, "byte \(trailer + 4): gzip: CRC mismatch"),
    ("content.csv.gz", damaged { $0[trailer - 2] ^= 1 }, "byte \(trailer + 4): gzip: CRC mismatch"),
    (
      "length.csv.gz", damaged { $0[trailer + 4] ^= 1 },
      "byte \(packed.count): gzip: length mismatch"
    ),
    (
      "garbage.csv.gz", packed + Array("garbage".utf8),
      "byte \(packed.count): expected the end of the gzip data or another member, found other "
        + "bytes"
    ),
    ("method.csv.gz", damaged { $0[2] = 7 }, "byte 10: gzip: unknown compression method"),
    ("text.csv.gz", Array(Sample.csv.utf8), "byte 0: expected gzip data, found something else"),
  ]

  @Test(arguments: files)
  func `a damaged gzip file`(_ name: String, _ content: [UInt8], _ problem: String) throws {
    let place = Workplace()
    place.write(content, to: name)
    let outcome = try place.kmeans("fit", name, "-k", "2", "--labels", "l.csv")
    // Where in the last bytes zlib notices is its own affair.
    let place1 = #/byte \d+: /#
    #expect(
      outcome.errors.replacing(place1, with: "")
        == "kmeans: \(name): \(problem)\n"
        .replacing(place1, with: ""))
    #expect(outcome.errors.contains(place1))
    #expect(outcome.status == 65)
    #expect(place.names == [name])
  }

  @Test func `an empty file is no gzip`() throws {
    let place = Workplace()
    place.write([], to: "empty.csv.gz")
    try place.expectFailure(
      65, "empty.csv.gz: the file is empty, expected gzip data", "fit empty.csv.gz -k 2")
  }

  /// gzip is found by its first bytes: the name need not say it, whatever else it says.
  @Test func `gzip under any name`() throws {
    let place = Workplace.withSample()
    // idx of doubles (0x0e), big-endian: two dimensions, 4 rows of 2.
    let idx: [UInt8] =
      [0, 0, 0x0e, 2, 0, 0, 0, 4, 0, 0, 0, 2]
      + Sample.values.flatMap { Array(bytes([$0]).reversed()) }
    for (name, bytes, options) in [
      ("p.csv", Array(Sample.csv.utf8), ""), ("p.txt", Array(Sample.csv.utf8), "--format csv"),
      ("p.npy", Sample.npy, ""), ("p.idx", idx, ""),
      ("p.f32", bytes(Sample.values.map { Float($0) }), "--dimension 2"),
    ] {
      place.write(gzipFile(bytes), to: name)
      let words = "assign \(name) --centroids start.npy \(options)".split(separator: " ")
      let outcome = try place.run(Program.kmeans, words.map(String.init))
      #expect(outcome.status == 0 && outcome.text == Sample.labels, "\(outcome.errors)")
      let info = try place.run(
        Program.kmeans, ["info", name] + words.dropFirst(4).map(String.init))
      #expect(info.text.contains(#/gzip +yes/#), "\(info.errors)")
    }
  }

  @Test func `zeros behind the last member are padding`() throws {
    let place = Workplace.withSample()
    place.write(Self.packed + [UInt8](repeating: 0, count: 600), to: "p.csv.gz")
    let outcome = try place.kmeans("assign", "p.csv.gz", "--centroids", "start.npy")
    #expect(outcome.status == 0)
    #expect(outcome.text == Sample.labels)
  }

  @Test func `a damaged pipe is told from its bytes`() throws {
    try Workplace().expectFailure(
      65,
      "standard input: byte \(Self.packed.count - 12): the gzip data ends here, in the middle "
        + "of a member: the file is not whole", ["fit", "-", "-k", "2", "--labels", "l.csv"],
      input: Array(Self.packed.dropLast(12)))
  }
}
