import Foundation
import KMeansFiles
import KMeansLivePage
import KMeansLocks

/// Sizes and inertia on the terminal, drawn anew in place.
final class TerminalPlot: Sendable {
  private struct State {
    var lines = PlotLines(number: short)
    var title = ""
    var clusters: ClusterNews?
    var isFinished = false
  }

  private let state = Mutex(State())
  private let looks: PlotLines.Looks

  /// - Returns: `nil` where stderr is no terminal that can be drawn on.
  init?() {
    let environment = ProcessInfo.processInfo.environment
    guard isatty(STDERR_FILENO) != 0, environment["TERM"] != "dumb" else { return nil }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0].flatMap { $0.isEmpty ? nil : $0 } }.first
    looks = PlotLines.Looks(
      hasBlocks: locale.map { $0.uppercased().replacing("-", with: "").contains("UTF8") } ?? false,
      hasColours: (environment["NO_COLOR"] ?? "").isEmpty)
  }

  func add(_ news: BatchNews) { state.withLock { $0.lines.add(inertia: news.inertiaPerPoint) } }

  func set(_ clusters: ClusterNews) { state.withLock { $0.clusters = clusters } }

  /// Takes the line of a batch, which is drawn above.
  func set(title: String) { state.withLock { $0.title = title } }

  func draw() { DrawnLines.draw(lines) }

  /// Draws again where a note stands in its place.
  func drawAgain() {
    if DrawnLines.count == 0, state.withLock({ $0.clusters != nil && !$0.isFinished }) { draw() }
  }

  /// Draws the last state, which stays.
  func finish() {
    draw()
    state.withLock { $0.isFinished = true }
    DrawnLines.leave()
  }

  private var lines: [String] {
    let (width, height) = Self.size
    return state.withLock { state in
      if state.isFinished { return [] }
      return state.lines.lines(
        title: visible(state.title), ids: state.clusters?.ids ?? [],
        weights: state.clusters?.weights ?? [], width: width, height: height, looks)
    }
  }

  /// The columns and rows of the terminal.
  private static var size: (Int, Int) {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
