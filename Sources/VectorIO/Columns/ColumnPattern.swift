/// A pattern of names: `*` stands for any text, also for none, and `?` for one character.
struct ColumnPattern {
  private let characters: [Character]

  /// `nil` for a text without `*` and `?`, or in quotes, which is a name.
  init?(_ text: String) {
    guard text.contains(where: { $0 == "*" || $0 == "?" }), !text.hasPrefix("\"") else {
      return nil
    }
    characters = Array(text)
  }

  /// Whether some of it stands for itself, and is no number: it then says that there are names.
  var hasLetters: Bool { characters.contains(where: \.isLetter) }

  /// Whether it stands for a whole name; upper and lower case differ.
  ///
  /// - Complexity: O(characters of both, multiplied), without a stack.
  func matches(_ name: String) -> Bool {
    let name = Array(name)
    var (place, next) = (0, 0)
    // The last star, and where the text that it stands for ends so far.
    var star: (pattern: Int, name: Int)?
    while place < name.count {
      if next < characters.count, characters[next] == "*" {
        star = (next, place)
        next += 1
      } else if next < characters.count,
        characters[next] == "?" || characters[next] == name[place]
      {
        place += 1
        next += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (next, place) = (last.pattern + 1, last.name + 1)
      } else {
        return false
      }
    }
    return characters[next...].allSatisfy { $0 == "*" }
  }
}
