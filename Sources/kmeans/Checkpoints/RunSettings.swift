import Foundation
import KMeansFiles

/// What decides the results of a run, option by option, as words: a run that is to go on must have
/// the same.
struct RunSettings: Codable {
  /// An option, and what it says in this run.
  struct Setting: Codable, Equatable {
    let name: String
    let value: String?
  }

  private(set) var all: [Setting] = []

  /// Adds an option; `nil` stands for one that was not given. A name without a dash is that of a
  /// choice of options, which the value names.
  mutating func set(_ name: String, _ value: (any CustomStringConvertible)?) {
    all.append(Setting(name: name, value: value.map { $0.description }))
  }

  /// Adds an option without a value.
  mutating func set(_ name: String, flag isSet: Bool) { set(name, isSet ? "given" : nil) }

  /// Refuses other options than those of an earlier run.
  ///
  /// - Parameters:
  ///   - earlier: the settings in a checkpoint.
  ///   - path: the name of the checkpoint.
  func check(like earlier: RunSettings, _ path: String) throws {
    let before = Dictionary(earlier.all.map { ($0.name, $0.value) }) { $1 }
    let names = Set(all.map(\.name))
    let gone = earlier.all.filter { !names.contains($0.name) }
    for setting in all + gone.map({ Setting(name: $0.name, value: nil) }) {
      let old = before[setting.name] ?? nil
      let areSame = setting.value.map { ExactText($0) } == old.map { ExactText($0) }
      guard !areSame else { continue }
      throw Failure.usage(
        "\(Self.text(setting.name, setting.value)): the checkpoint \(path) is of a run with "
          + "\(Self.text(setting.name, old)): expected the same, or another --checkpoint")
    }
  }

  /// The options that were given, as they stand on a command line.
  var given: [String] { all.filter { $0.value != nil }.map { Self.text($0.name, $0.value) } }

  private static func text(_ name: String, _ value: String?) -> String {
    switch value {
    case let value? where !name.hasPrefix("-"): value
    case "given": name
    case let value?: "\(name) \(value)"
    case nil: "no \(name)"
    }
  }
}
