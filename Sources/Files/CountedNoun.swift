/// A number and its noun, in the words of every message and report: `1 column`, `2 columns`,
/// `0 classes`.
///
/// - Parameter plural: the plural; `nil` for the noun and an s.
package func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
