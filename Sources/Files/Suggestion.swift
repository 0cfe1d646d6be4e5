/// The word that a user may have meant by another: one of some that is spelled nearly the same.
package enum Suggestion {
  /// The word that is nearest, where at most a third of the letters are wrong.
  package static func nearest(to word: String, among words: [String]) -> String? {
    let rated = words.map { (word: $0, edits: edits(word, $0)) }
    guard let best = rated.min(by: { $0.edits < $1.edits }), isNear(word, best.edits) else {
      return nil
    }
    return best.word
  }

  /// Whether one word can be a misspelling of another.
  package static func isNear(_ word: String, to other: String) -> Bool {
    isNear(word, edits(word, other))
  }

  private static func isNear(_ word: String, _ edits: Int) -> Bool {
    3 * edits <= word.filter { $0 != "-" }.count
  }

  /// How many letters are to be inserted, removed, replaced or swapped with the next one (Damerau's
  /// distance, of strings that are aligned).
  private static func edits(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var (beforeLast, last) = ([Int](), Array(0...right.count))
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
        var least = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
