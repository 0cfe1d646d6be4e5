import Foundation
import Testing

/// What shells complete, by what the tool says of its arguments.
@Suite struct CompletionTests {
  /// A command, or one within it.
  struct Command: Decodable {
    let commandName: String
    let shouldDisplay: Bool
    let arguments: [Argument]?
    let subcommands: [Command]?

    /// The arguments of this command and of all within it.
    var all: [Argument] { (arguments ?? []) + (subcommands ?? []).flatMap(\.all) }
  }

  struct Argument: Decodable {
    struct Name: Decodable { let name: String }

    let kind: String
    let valueName: String?
    let preferredName: Name?
    let completionKind: Completion?
  }

  /// Files, folders, or words.
  struct Completion: Decodable {
    struct Files: Decodable {}
    struct Words: Decodable { let values: [String] }

    let file: Files?
    let directory: Files?
    let list: Words?
  }

  struct Dump: Decodable { let command: Command }

  private func arguments() throws -> [Argument] {
    let text = try Workplace().kmeans("--experimental-dump-help").text
    return try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command.all
  }

  /// The words of a value's name that stand for a file.
  private static let files: Set<String> = [
    "FILE", "OUT", "INIT", "INPUT", "INPUT2", "M", "MODEL", "TRACE", "BASE", "input", "model",
    "sketch",
  ]

  @Test func `whatever takes a file or a folder completes names of such`() throws {
    var seen: Set<String> = []
    for argument in try arguments() where argument.kind != "flag" {
      let name = argument.valueName ?? ""
      let words = Set(name.split { "|.:".contains($0) }.map(String.init))
      let what = "\(argument.preferredName?.name ?? "a word") \(name)"
      if words.contains("DIR") {
        #expect(argument.completionKind?.directory != nil, "\(what)")
        seen.insert("folder")
      } else if argument.completionKind?.list == nil, !words.isDisjoint(with: Self.files) {
        #expect(argument.completionKind?.file != nil, "\(what)")
        seen.formUnion(words)
      }
    }
    #expect(seen.isSuperset(of: ["folder", "FILE", "OUT", "INIT", "input", "model", "sketch"]))
  }

  @Test(
    arguments: [
      ("deaths", ["never", "spark"]), ("xm", ["sequential", "mapreduce"]),
      ("sc", ["brute", "projection", "fast-projection", "lsh"]),
      ("distance", ["euclidean", "cosine", "mahalanobis"]),
      ("delimiter", ["comma", "semicolon", "tab", "pipe", "space"]),
    ])
  func `options that take one of some words complete them`(_ name: String, _ words: [String]) throws
  {
    let found = try arguments().filter {
      // Some commands have a number under such a name.
      $0.preferredName?.name == name
        && ["NAME", "H|never|spark", "METHOD", "CLASS", "CHAR"].contains($0.valueName)
    }
    #expect(!found.isEmpty)
    for argument in found {
      let list = try #require(argument.completionKind?.list?.values)
      #expect(Set(list).isSuperset(of: words))
    }
  }
}
