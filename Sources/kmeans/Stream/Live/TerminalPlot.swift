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

  /// - Parameter stdoutIsTaken: whether the standard output is for data.
  /// - Returns: `nil` where stderr is no terminal that can be drawn on, or data come in between.
  init?(stdoutIsTaken: Bool) {
    let environment = ProcessInfo.processInfo.environment
    guard isatty(STDERR_FILENO) != 0, environment["TERM"] != "dumb",
      !stdoutIsTaken || isatty(STDOUT_FILENO) == 0
    else { return nil }
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

  /// Draws what there is, but for a plot that is finished: that stays as it is.
  func draw() { state.withLock { draw($0) } }

  /// Draws again where a note stands in its place.
  func drawAgain() {
    state.withLock { if DrawnLines.count == 0, $0.clusters != nil { draw($0) } }
  }

  /// Draws the last state, which stays.
  func finish() {
    state.withLock { state in
      draw(state)
      state.isFinished = true
      DrawnLines.leave()
    }
  }

  private func draw(_ state: State) {
    if state.isFinished { return }
    let (width, height) = Self.size
    DrawnLines.draw(
      state.lines.lines(
        title: visible(state.title), ids: state.clusters?.ids ?? [],
        weights: state.clusters?.weights ?? [], width: width, height: height, looks))
  }

  /// The columns and rows of the terminal.
  private static var size: (Int, Int) {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
