private import KMeansCProcessor
private import Dispatch
private import Synchronization

private import KMeansCLibrary

/// Threads that stay awake between one pass and the next.
///
/// A pass over few columns takes some 50 microseconds, about as long as waking a thread does. So a
/// thread that has helped looks for more work for about as long before it goes back to sleep. The
/// caller never waits for a thread that has not begun: it takes what no other one takes.
///
/// `@unchecked Sendable`: the call at hand is what only one thread at a time begins, and its end
/// waits for all that have seen it.
package final class WorkerTeam: Sendable {
  private let calls = Calls()

  package init() {}

  deinit { calls.isOver.store(true, ordering: .relaxed) }

  /// Calls `body` by this thread, and at the same time once by each of up to `helpers` others.
  ///
  /// A call within a call is not helped.
  package func run(helpers: Int, _ body: @Sendable () -> Void) {
    guard helpers > 0, calls.begin() else { return body() }
    while calls.helpers.load(ordering: .relaxed) < helpers {
      calls.helpers.wrappingAdd(1, ordering: .relaxed)
      // Where no thread is free this comes late, or never: nothing depends on it.
      DispatchQueue.global().async { [calls] in calls.help() }
    }
    withoutActuallyEscaping(body) { body in
      calls.open(body)
      body()
      calls.close()
    }
  }
}

/// The calls of a team, one after another. Outlives the team where a helper comes late.
private final class Calls: @unchecked Sendable {
  /// How many helpers are awake, or on their way.
  let helpers = Atomic(0)
  let isOver = Atomic(false)
  private let isBusy = Atomic(false)
  /// The number of the call, whether it is open, and how many helpers are in it.
  private let gate = Atomic(0)
  private var body: (@Sendable () -> Void)?

  private static var open: Int { 1 << 16 }
  private static var nextCall: Int { 1 << 17 }

  /// How often a helper looks for work before it leaves: for some 50 microseconds.
  private static var patience: Int { 2000 }

  /// Whether this thread may make the next call.
  func begin() -> Bool { !isBusy.exchange(true, ordering: .acquiring) }

  /// Lets helpers in.
  func open(_ body: @escaping @Sendable () -> Void) {
    self.body = body
    gate.wrappingAdd(Self.nextCall + Self.open, ordering: .releasing)
  }

  /// Lets no more helpers in, and waits for those that are.
  func close() {
    var inside = gate.wrappingSubtract(Self.open, ordering: .acquiringAndReleasing).newValue
    var looks = 0
    while inside % Self.open > 0 {
      looks += 1
      if looks % 1024 == 0 { sched_yield() }
      kmeans_pause()
      inside = gate.load(ordering: .acquiring)
    }
    body = nil
    isBusy.store(false, ordering: .releasing)
  }

  /// Not inlined: nothing holds the body any more when this helper is counted out, which is when
  /// its caller may end.
  @inline(never)
  private func takePart() { body!() }

  /// Takes part in one call after another.
  func help() {
    var (looks, last) = (0, 0)
    while looks < Self.patience, !isOver.load(ordering: .relaxed) {
      looks += 1
      let seen = gate.load(ordering: .relaxed)
      guard seen & Self.open != 0, seen / Self.nextCall != last,
        gate.compareExchange(expected: seen, desired: seen + 1, ordering: .acquiring).exchanged
      else {
        kmeans_pause()
        continue
      }
      takePart()
      gate.wrappingSubtract(1, ordering: .releasing)
      (looks, last) = (0, seen / Self.nextCall)
    }
    helpers.wrappingSubtract(1, ordering: .relaxed)
  }
}
