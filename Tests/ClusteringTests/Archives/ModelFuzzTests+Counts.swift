// Counts that no stream, sketch or fit leaves behind, in archives whose checksums are right.
import KMeansFiles
import Testing

extension ModelFuzzTests {
  /// What a section only counts: nothing else says how large it may be.
  static let counts: Set<String> = [
    "batchCount", "collapseCount", "inexactSums", "jumpCount", "mergedCount", "nextID",
    "pointCount", "redecidedCount", "run", "weightedPoints",
  ]

  @Test(.timeLimit(.minutes(5)), arguments: ModelSeed.allCases)
  func impossibleCountsAreRefusedOrCanBeUsed(kind: ModelSeed) throws {
    let good = ArchiveParts(try kind.archive().encoded())
    // Whole numbers, alone or several of them.
    for index in good.sections.indices where [3, 5].contains(good.sections[index].tag) {
      let name = String(decoding: good.sections[index].name, as: UTF8.self)
      let count = good.sections[index].payload.count / 8
      for place in Set([0, count - 1]) where place >= 0 && count > 0 {
        for number: Int64 in [0, -1, .max, 1 << 62] {
          var parts = good
          parts.sections[index].payload.replaceSubrange(
            8 * place..<8 * place + 8, with: ArchiveParts.number(UInt64(bitPattern: number), 8))
          let isImpossible = Self.counts.contains(name) && number != 0
          do {
            _ = try use(parts.bytes, kind)
            #expect(!isImpossible, "\(name) \(number)")
          } catch {
            #expect(error is FileError, "\(name) \(number): \(error)")
            #expect(!isImpossible || "\(error)".contains("'\(name)' is \(number)"), "\(error)")
          }
        }
      }
    }
  }
}
