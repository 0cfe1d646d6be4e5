import Foundation

/// What runs under ThreadSanitizer (`.ci/thread-sanitizer`): the library used by several threads at
/// once.
///
/// With the argument `race` two threads change a number without a lock behind all that: a run that
/// does not end with ThreadSanitizer's status proves that it looks at nothing. It does look at
/// nothing in threads that an asynchronous `main` starts (Swift 6.3.1), so this one is none.
@main
struct Races {
  static func main() throws {
    let isRace = CommandLine.arguments.dropFirst().first == "race"
    for round in 1...(isRace ? 1 : 2) {
      try Concurrency.fits(of: Float.self)
      try Concurrency.fits(of: Double.self)
      try Concurrency.stream()
      try Concurrency.sharedStream()
      try Concurrency.sketches()
      try Concurrency.files()
      try Concurrency.batches()
      try Concurrency.assignments()
      print("round \(round): fits, streams, sketches, files, batches, assignments")
    }
    guard isRace else { return }
    let number = Unguarded()
    _ = try Together.run(2) { _ in for _ in 0..<100_000 { number.add() } }
    print("a race that nobody saw: \(number.count)")
  }
}
