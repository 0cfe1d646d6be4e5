import Foundation
import Testing
import VectorIO

/// The words that stand for a missing number: what is read, and what is said of them.
@Suite struct MissingWordsTests {
  private static var words: [String] {
    MissingWords.exact + MissingWords.ofAnyCase.flatMap { [$0, $0.uppercased(), $0.capitalized] }
      + [""]
  }

  @Test(arguments: words) func `each is missing, and has the mean`(_ word: String) throws {
    #expect(
      try rows("1,2\n\(word),4\n3,6\n", name: "a.csv", options: ReadingOptions(onInvalid: .mean))
        == [[1, 2], [2, 4], [3, 6]])
  }

  @Test(arguments: ["na", "N/a", "none", "nil", "-", ".", "??", "nulls"])
  func `other words are texts`(_ word: String) {
    #expect(
      throws: (any Error).self,
      performing: {
        try rows("1,2\n\(word),4\n3,6\n", name: "a.csv", options: ReadingOptions(onInvalid: .mean))
      })
  }

  /// The documentation says which they are, in the words of the help.
  @Test func `the documentation lists them`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("docs/Files.md"), encoding: .utf8)
      .replacing(#/\s+/#, with: " ")
    #expect(text.contains("an empty field, \(MissingWords.list)"))
    #expect(MissingWords.list == "NA, N/A, n/a, ?, null or nan in any case")
  }
}
