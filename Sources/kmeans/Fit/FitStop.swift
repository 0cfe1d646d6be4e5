import Clustering
import Dispatch
import Foundation
import KMeansFiles
import KMeansLocks

/// How a signal ends a fit: after the iteration at work its outputs are written, and then the
/// program ends by that signal. A second one ends it at once; so does the first one while there has
/// been no iteration, for there is nothing to write.
final class FitStop: Sendable {
  private struct State {
    var latest: KMeans.Iteration?
    var isAsked = false
    /// What is said at the end.
    var line: String?
  }

  private let state = Mutex(State())
  private let isWritten = DispatchSemaphore(value: 0)
  private let common: RunOptions
  private let mostIterations: Int

  init(_ common: RunOptions, mostIterations: Int) {
    self.common = common
    self.mostIterations = mostIterations
  }

  /// Notes an iteration.
  ///
  /// - Returns: whether another one may follow.
  func goesOn(after iteration: KMeans.Iteration) -> Bool {
    let (isFirst, isAsked) = state.withLock { state in
      defer { state.latest = iteration }
      return (state.latest == nil, state.isAsked)
    }
    if isFirst {
      Interruption.onRequest { [self] in sayProgress() }
      Interruption.onFirstSignal { [self] name in end(by: name) }
    }
    return !isAsked
  }

  /// Says how far the fit is, for someone who asks by a signal.
  private func sayProgress() {
    guard let latest = state.withLock({ $0.latest }) else { return }
    common.note("SIGUSR1: \(Progress.text(latest, of: mostIterations))")
  }

  /// Waits until the outputs are written.
  ///
  /// - Returns: what is said of it.
  private func end(by signal: String) -> String {
    state.withLock { $0.isAsked = true }
    common.note("\(signal): ends with this iteration; a second signal stops at once")
    isWritten.wait()
    return "stopped by \(signal) \(state.withLock { $0.line } ?? "")"
  }

  /// Ends the program where a signal has asked for it: to be called when all outputs are written.
  ///
  /// - Parameter written: their names.
  func finish(iterations: Int, written: [String]) {
    let isAsked = state.withLock { state in
      state.line =
        "after \(counted(iterations, "iteration"))"
        + (written.isEmpty ? "" : "; written: \(written.joined(separator: ", "))")
      return state.isAsked
    }
    guard isAsked else { return }
    isWritten.signal()
    // The other thread ends the program.
    while true { sleep(1000) }
  }
}
