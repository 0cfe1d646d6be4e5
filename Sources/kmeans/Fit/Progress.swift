import Clustering
import Foundation
import KMeansFiles

/// The iterations, or other steps, on stderr: one line that is written anew on a terminal,
/// elsewhere a line every few seconds, so that the log of a long run shows progress and that of a
/// short one stays empty.
final class Progress {
  private let isWanted: Bool
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private let total: Int
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var hasWritten = false

  /// - Parameter total: the largest number of steps; 0 where it is not known.
  init(_ options: RunOptions, total: Int) {
    isWanted = !options.quiet
    self.total = total
    last = clock.now
  }

  func show(_ iteration: KMeans.Iteration) {
    show(iteration.number) { Self.text(iteration, of: total) }
  }

  /// What is told of an iteration.
  static func text(_ iteration: KMeans.Iteration, of total: Int) -> String {
    "iteration \(iteration.number) of at most \(total): "
      + (iteration.inertia.map { String(format: "inertia %.6g, ", $0) } ?? "")
      + "\(iteration.moved) moved"
      + survivors(iteration)
  }

  /// Shows how many of the initial centroids have been found.
  func show(seeds: Int, of clusters: Int) {
    show(seeds, of: clusters) {
      "\(seeds) of \(counted(clusters, "initial centroid"))"
    }
  }

  /// The candidates of a point that a filter left over.
  private static func survivors(_ iteration: KMeans.Iteration) -> String {
    guard iteration.candidates > 0, iteration.points > 0 else { return "" }
    let candidates = Double(iteration.candidates) / Double(iteration.points)
    return String(format: ", %.3g candidates a point", candidates)
  }

  /// Shows that so many of all steps are done.
  ///
  /// - Parameter all: the number of all steps; `nil` for the total.
  func show(_ done: Int, of all: Int? = nil, line: () -> String) {
    guard isWanted, clock.now - last >= .seconds(isTerminal ? 0.1 : 5) else { return }
    last = clock.now
    Streams.write(isTerminal ? "\r\u{1B}[K\(bar(done, of: all ?? total))\(line())" : "\(line())\n")
    hasWritten = true
  }

  /// Leaves the terminal clean.
  func finish() {
    if isTerminal, hasWritten { Streams.write("\r\u{1B}[K") }
  }

  private func bar(_ number: Int, of total: Int) -> String {
    if total == 0 { return "" }
    let width = 20
    let filled = min(width, width * number / max(1, total))
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: width - filled) + "] "
  }
}
