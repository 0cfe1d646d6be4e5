import Testing

/// Models and initial centroids that cannot be used.
@Suite struct ModelFileTests {
  static func withModel() throws -> (place: Workplace, model: [UInt8]) {
    let place = Workplace.withSample()
    let fit = try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m")
    #expect(fit.status == 0)
    return (place, try place.bytes("m"))
  }

  @Test func `any changed byte is noticed`() throws {
    let (place, model) = try Self.withModel()
    for byte in stride(from: 0, to: model.count, by: 11) {
      var changed = model
      changed[byte] ^= 0x10
      place.write(changed, to: "m")
      let before = place.names
      let outcome = try place.kmeans("assign", "a.npy", "--model", "m", "--labels", "l.npy")
      #expect(outcome.status == 65, "byte \(byte)")
      #expect(outcome.errors.hasPrefix("kmeans: m: "), "byte \(byte): \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(place.names == before)
    }
  }

  @Test func `the last section is named where it was changed`() throws {
    let (place, model) = try Self.withModel()
    place.write(model.dropLast() + [model.last! ^ 1], to: "m")
    try place.expectFailure(
      65,
      "m: byte \(model.count - 8): section 'normalizes' does not match its checksum: the file "
        + "was changed", "assign a.npy --model m --labels l.npy")
  }

  @Test(arguments: [0, 1, 7, 8, 31, 32, 100])
  func `a model that is cut off`(_ length: Int) throws {
    let (place, model) = try Self.withModel()
    place.write(Array(model.prefix(length)), to: "m")
    let expected =
      switch length {
      case 0, 1, 7:
        "expected a model that 'kmeans fit --model' wrote; a file of centroids is given by "
          + "--centroids"
      case 8, 31: "byte \(length): the file ends here, expected an archive's header of 32 bytes"
      default: "byte \(length): expected \(model.count) bytes in all, found \(length)"
      }
    try place.expectFailure(65, "m: \(expected)", "assign a.npy --model m --labels l.npy")
  }

  @Test func `a model of another kind`() throws {
    let (place, model) = try Self.withModel()
    // The kind stands at the start of the table, whose checksum is that of the header.
    let kind = Array("k-means model".utf8)
    let start = try #require(
      model.indices.first { model[$0...].starts(with: kind) })
    var changed = model
    changed.replaceSubrange(start..<start + 7, with: Array("checker".utf8))
    changed.replaceSubrange(12..<16, with: bytes([crc32(Array(changed[16..<tableEnd(model)]))]))
    place.write(changed, to: "m")
    try place.expectFailure(
      65, "m: byte 32: expected an archive of kind 'k-means model', found 'checker model'",
      "assign a.npy --model m --labels l.npy")
    let info = try place.kmeans("info", "m")
    #expect(info.text == "file  m\nkind  checker model\n")
  }

  /// Where the table of an archive ends: behind the header of 32 bytes.
  private func tableEnd(_ model: [UInt8]) -> Int {
    32 + model[16..<24].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
  }

  @Test(
    arguments: [
      Wrong(
        "assign a.npy --model a.npy",
        "a.npy: expected a model that 'kmeans fit --model' wrote; a file of centroids is given by "
          + "--centroids"),
      Wrong(
        "assign a.npy --centroids m",
        "m: expected rows of numbers, found a k-means model: give it by --model"),
      Wrong("fit m -k 2", "m: expected points, found a k-means model"),
      Wrong("fit a.npy -k 2 --point-weights m", "m: expected points, found a k-means model"),
      Wrong(
        "fit a.npy -k 3 --init start.npy",
        "start.npy: 2 initial centroids, expected 3 as -k says; without -k there are 2 clusters"),
      Wrong(
        "fit a.npy -k 2 --init wide.npy",
        "a.npy: points of 2 columns, expected 4 as in wide.npy"),
      Wrong(
        "fit a.npy -k 2 --init nan.npy",
        "nan.npy: the value of centroid 1, column 1 is not finite or too large (centroids count from 0, "
          + "columns from 1)"),
      Wrong(
        "fit a.npy -k 2 --init text.csv", "text.csv: no column of numbers in the first 2 records"),
    ])
  func `a file of the wrong sort`(_ wrong: Wrong) throws {
    let (place, _) = try Self.withModel()
    place.write(npyFile([1.0, 2, 3, 4, 5, 6, 7, 8], columns: 4), to: "wide.npy")
    place.write(npyFile([1.0, 2, .nan, 4], columns: 2), to: "nan.npy")
    place.write("a,b\nc,d\n", to: "text.csv")
    try place.expectFailure(65, wrong.line, "\(wrong.command) --labels l.npy")
  }
}
