// What can go wrong with an archive whose checksums are right.
extension ArchiveParts {
  /// One thing goes wrong, in the table or in what the sections hold.
  mutating func damage(_ random: inout TestRandom) {
    guard !sections.isEmpty else { return }
    let index = Int.random(in: 0..<sections.count, using: &random)
    let count = sections[index].payload.count
    switch Int.random(in: 0..<12, using: &random) {
    case 0: sections[index].tag = UInt8.random(in: 0...11, using: &random)
    case 1: sections.remove(at: index)
    case 2:
      let lies: [UInt64] = [0, 1, 16, UInt64(count) + 1, 1 << 31, 1 << 40, 1 << 62, .max]
      sections[index].length = lies.randomElement(using: &random)!
    case 3:
      let length = [0, 1, 999, 1000, 1001, 65535].randomElement(using: &random)!
      sections[index].name = Array(repeating: UInt8(ascii: "n"), count: length)
    case 4: sections.append(sections[index])
    case 5: kind = Array(kind.dropLast())
    case 6:
      let length = Int.random(in: 0...count, using: &random)
      sections[index].payload = Array(sections[index].payload.prefix(length))
    case 7 where count >= 8: damageNumber(&sections[index].payload, at: 0, &random)
    case 8 where count >= 16: damageNumber(&sections[index].payload, at: 8, &random)
    case 9 where count >= 8:
      let place = 8 * Int.random(in: 0..<count / 8, using: &random)
      damageNumber(&sections[index].payload, at: place, &random)
    case 10 where count >= 4:
      // A Float somewhere.
      let place = 4 * Int.random(in: 0..<count / 4, using: &random)
      let floats: [Float] = [.nan, .infinity, -1, 3e38, -3e38, .leastNonzeroMagnitude, 0, 1e19]
      let bits = floats.randomElement(using: &random)!.bitPattern
      sections[index].payload.replaceSubrange(
        place..<place + 4, with: ArchiveParts.number(UInt64(bits), 4))
    default:
      guard count > 0 else { return }
      let place = Int.random(in: 0..<count, using: &random)
      sections[index].payload[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    }
  }

  /// A number that no fit leaves behind, or a count that lies.
  private func damageNumber(_ payload: inout [UInt8], at place: Int, _ random: inout TestRandom) {
    let doubles: [Double] = [
      .nan, .infinity, -.infinity, -1, 1e308, -1e308, 1e140, .leastNonzeroMagnitude, 0, -0.0, 1e200,
      0.5,
    ]
    let numbers: [UInt64] = [
      0, 1, 2, 1 << 31, 1 << 32, 1 << 53 - 1, 1 << 53, 1 << 62, 1 << 63, .max, .max - 1,
    ]
    let bits =
      Bool.random(using: &random)
      ? doubles.randomElement(using: &random)!.bitPattern : numbers.randomElement(using: &random)!
    payload.replaceSubrange(place..<place + 8, with: ArchiveParts.number(bits, 8))
  }
}
