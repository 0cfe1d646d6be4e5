/// A number and what it counts, as every message and report says it: `1 column`, `2 columns`,
/// `0 classes`.
///
/// - Parameter plural: where it is not the noun and an s.
package func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
