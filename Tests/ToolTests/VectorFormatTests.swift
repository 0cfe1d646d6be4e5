import Testing

/// Points in the binary formats, as a user gives them to the tool.
@Suite struct VectorFormatTests {
  static let points: [[Int32]] = [[1, 2], [1, 3], [10, 11], [10, 12]]
  private static let floats = points.map { bytes($0.map { Float($0) }) }
  private static let small = points.map { $0.map { UInt8($0) } }
  private static let dimension = bytes([2 as Int32])

  static let files: [(name: String, bytes: [UInt8])] = [
    ("p.fvecs", floats.flatMap { dimension + $0 }), ("p.bvecs", small.flatMap { dimension + $0 }),
    ("p.ivecs", points.flatMap { dimension + bytes($0) }),
    ("p.fbin", bytes([4, 2] as [UInt32]) + floats.flatMap { $0 }),
    ("p.u8bin", bytes([4, 2] as [UInt32]) + small.flatMap { $0 }),
    ("p.i8bin", bytes([4, 2] as [UInt32]) + small.flatMap { $0 }),
    (
      "p-images-idx3-ubyte",
      [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2] + small.flatMap { $0 }
    ),
    ("p.npz", npzFile([("x", npyFile(floats.flatMap { $0 }, type: "<f4", shape: "(4, 2)"))])),
  ]

  /// A ZIP archive of arrays that are stored as they are.
  static func npzFile(_ arrays: [(name: String, array: [UInt8])]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, array) in arrays {
      let size = UInt32(array.count)
      let text = Array("\(name).npy".utf8)
      let fields =
        [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + bytes([crc32(array), size, size])
        + bytes([UInt16(text.count), 0])
      directory += [0x50, 0x4b, 1, 2, 20, 3] + fields + [UInt8](repeating: 0, count: 10)
      directory += bytes([UInt32(file.count)]) + text
      file += [0x50, 0x4b, 3, 4] + fields + text + array
    }
    let count = UInt16(arrays.count)
    return file + directory + [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + bytes([count, count])
      + bytes([UInt32(directory.count), UInt32(file.count)]) + [0, 0]
  }

  @Test(arguments: files.indices) func `clusters them`(_ index: Int) throws {
    let (name, content) = Self.files[index]
    let place = Workplace()
    place.write(content, to: name)
    place.write(npyFile([1, 2, 10, 11], columns: 2), to: "start.npy")
    let options = ["-k", "2", "--init", "start.npy", "--quiet", "--labels", "-"]
    let outcome = try place.run(Program.kmeans, ["fit", name] + options)
    #expect(outcome.errors == "")
    #expect(outcome.text == "0\n0\n1\n1\n")
    if name.hasSuffix(".npz") { return }
    place.write(gzipFile(content), to: "\(name).gz")
    #expect(try place.run(Program.kmeans, ["fit", "\(name).gz"] + options).text == "0\n0\n1\n1\n")
    let format = name.split(separator: ".").count == 2 ? name.dropFirst(2) : "idx"
    let piped = try place.shell(
      "cat \(name) | \"$KMEANS\" fit - --format \(format) \(options.joined(separator: " "))")
    #expect(piped.text == "0\n0\n1\n1\n")
  }

  @Test func `one array of several`() throws {
    let place = Workplace()
    let other = npyFile([5, 6, 7], columns: 1)
    place.write(Self.npzFile([("points", Sample.npy), ("other", other)]), to: "p.npz")
    place.write(Sample.start, to: "start.npy")
    let outcome = try place.kmeans(
      "fit", "p.npz", "--array", "points", "-k", "2", "--init", "start.npy", "--quiet",
      "--labels", "-")
    #expect(outcome.text == Sample.labels)
    #expect(
      try place.kmeans("info", "p.npz", "--array", "other").text == """
        file       p.npz: 'other'
        format     npz
        gzip       no
        values     <f8
        precision  double
        rows       3
        columns    1
        arrays     points, other

        """)
    try place.expectFailure(
      64, "p.npz: there are 2 arrays, 'points', 'other': --array NAME chooses one",
      "fit p.npz -k 2 --labels l.npy")
    try place.expectFailure(
      64, "p.npz: there is no array 'x' among 'points', 'other'",
      "fit p.npz --array x -k 2 --labels l.npy")
    try place.expectFailure(
      64,
      "start.npy: --array is for npz and safetensors, found npy",
      "fit start.npy --array x -k 2 --labels l.npy")
  }

  @Test func `files that are damaged`() throws {
    let place = Workplace()
    place.write([2, 0, 0, 0, 0, 0, 0, 0], to: "p.fvecs")
    try place.expectFailure(
      65, "p.fvecs: byte 0: the last whole row ends here; expected a multiple of 12 bytes in all",
      "fit p.fvecs -k 1 --labels l.npy")
    place.write(bytes([.max, 2] as [UInt32]), to: "p.fbin")
    try place.expectFailure(
      65,
      "p.fbin: byte 8: the data ends here, after 0 bytes; expected 34359738360 (4294967295 x 2 "
        + "values of type <f4)", "fit p.fbin -k 1 --labels l.npy")
    place.write(Self.npzFile([("x", Sample.npy)]), to: "p.npz")
    #expect(
      try place.shell("cat p.npz | \"$KMEANS\" fit - -k 1 --labels l.npy").errors
        == "kmeans: standard input: npz is read from its end: expected a regular file, not a pipe "
        + "or gzip data\n")
  }
}
