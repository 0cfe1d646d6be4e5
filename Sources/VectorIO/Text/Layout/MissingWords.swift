/// The words that stand for a missing number in text, beside an empty field.
package enum MissingWords {
  /// Those that are written so and not otherwise.
  package static let exact = ["NA", "N/A", "n/a", "?"]
  /// Those in any case, in lower case.
  package static let ofAnyCase = ["null", notANumber]
  /// The one that may have a sign.
  static let notANumber = "nan"

  /// All of them, for people.
  package static let list =
    "\(exact.joined(separator: ", ")), \(ofAnyCase.joined(separator: " or ")) in any case"
}
