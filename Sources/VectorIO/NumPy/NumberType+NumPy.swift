extension NumberType {
  /// The type that numpy writes as `<f4` or `|u1`; nil for what is not a plain number.
  init?(numpy name: String) {
    var rest = Substring(name)
    var isBigEndian = 1.bigEndian == 1
    switch rest.first {
    case "<": isBigEndian = false
    case ">": isBigEndian = true
    case "=", "|": break
    default: rest = " " + rest
    }
    rest = rest.dropFirst()
    let kinds: [Character: (Kind, [Int])] = [
      "b": (.boolean, [1]), "i": (.integer, [1, 2, 4, 8]), "u": (.unsigned, [1, 2, 4, 8]),
      "f": (.float, [2, 4, 8]),
    ]
    guard let letter = rest.first, let (kind, sizes) = kinds[letter],
      let size = sizes.first(where: { String($0) == rest.dropFirst() })
    else { return nil }
    self.init(kind: kind, size: size, isBigEndian: isBigEndian)
  }
}
