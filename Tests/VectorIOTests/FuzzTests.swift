import KMeansFiles
import Testing
import VectorIO

/// Files with random damage are read or refused with a ``FileError``; nothing else happens.
@Suite struct FuzzTests {
  static let seeds: [(name: String, bytes: [UInt8])] =
    [
      ("a.npy", npy(shape: "(3, 2)", data: NPYHeaderTests.data)),
      ("a.npy", npy(descr: "'>i2'", fortran: "True", shape: "(2, 3)", data: .init(0..<12))),
      ("a.csv", Array("id,\"na\"\"me\",x\r\n1,\"a,\nb\",-2.5e-3\n\n2,c,+.5\n3,d,1e22".utf8)),
      ("a.tsv", Array("\u{feff}1\t2 \n3\t\"4\"\n".utf8)),
      ("-", gzipMember(Array("a;b\n1;2\n3;4\n".utf8))),
      ("a.f32", NPYHeaderTests.data),
    ] + binarySeeds

  static let binarySeeds: [(name: String, bytes: [UInt8])] =
    BinarySample.all.map { ($0.name, $0.file) } + [
      ("a.fbin", countedHeader(3, 2) + NPYHeaderTests.data),
      ("a.npz", ZipFile([ZipFile.Member("x.npy", ArrayArchiveTests.array)]).file),
      (
        "a.npz",
        ZipFile([ZipFile.Member("x.npy", ArrayArchiveTests.turned, isDeflated: true)]).file
      ),
      ("-", idxHeader(8, [2, 1, 2]) + [1, 2, 3, 4]),
    ]

  @Test(arguments: seeds.indices)
  func damageIsReadOrRefused(index: Int) throws {
    let (name, good) = Self.seeds[index]
    let options = ReadingOptions(dimension: 2)
    #expect(throws: Never.self) { _ = try rows(good, name: name, options: options) as [[Double]] }
    var generator = NumberParsingTests.Generator(state: UInt64(index))
    var (readable, refused) = (0, 0)
    for _ in 0..<10_000 {
      let bytes = damaged(good, &generator)
      let piece = Int.random(in: 1...20, using: &generator)
      let kind = [MemorySource.Kind.file, .pipe, .packed].randomElement(using: &generator)!
      do {
        let found = try rows(
          bytes, name: name, as: Float.self, options: options, kind: kind, piece: piece,
          windowSize: Int.random(in: 1...30, using: &generator))
        #expect(Set(found.map(\.count)).count <= 1)
        readable += 1
      } catch {
        #expect(error is FileError, "\(error)")
        refused += 1
      }
    }
    #expect(readable > 0 && refused > 0)
  }

  /// A few bytes changed, put in or taken out.
  private func damaged(
    _ good: [UInt8], _ generator: inout NumberParsingTests.Generator
  ) -> [UInt8] {
    let telling = Array("\"\n\r,;\t0e.-+()'L ".utf8) + [0, 0xff, 0x1f]
    var bytes = good
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
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
    return bytes
  }
}
