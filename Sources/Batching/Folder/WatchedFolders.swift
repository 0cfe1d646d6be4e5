private import Foundation
package import KMeansFiles

/// A folder of files to learn, one of files to predict, or both: looked at once an interval, file
/// by file. What is found at one look is learnt first and predicted then.
package final class WatchedFolders {
  /// How folders are watched.
  package struct Rules {
    /// The time from one look to the next.
    package var interval = Duration.seconds(1)
    /// Whether all files are looked at whatever the system could tell of changes.
    package var polls = false
    /// The time without any file after which there is an end; never where it is `nil`.
    package var untilIdle: Duration?
    /// Files that are never read: what the process itself writes there.
    package var never: [FileStatus.Identity] = []

    package init() {}
  }

  var watches: [FolderWatch]
  private let rules: Rules
  private let say: (String) -> Void
  /// Files that are to be learnt, and those to be predicted, last ones first.
  private var learnt: [FolderFile] = []
  private var predicted: [FolderFile] = []
  /// How many files were taken.
  package private(set) var takenCount = 0
  private var nextTick = ContinuousClock.now
  private var lastNews = ContinuousClock.now
  private var saidHeld = false
  private var hasTakenInterrupted = false
  /// A file of which an earlier run has handed out some rows, and how many: it comes first.
  private(set) var interrupted: (file: BatchMark.TakenFile, rows: Int)?

  /// - Parameters:
  ///   - folders: at most one of each role.
  ///   - mark: where an earlier run has ended: what it took is not taken again.
  ///   - say: takes lines for the user.
  package init(
    _ folders: [(path: String, role: FolderFile.Role)], _ rules: Rules, from mark: BatchMark? = nil,
    say: @escaping (String) -> Void
  ) {
    (self.rules, self.say) = (rules, say)
    watches = folders.map {
      FolderWatch($0.path, $0.role, every: rules.interval, polls: rules.polls, say: say)
    }
    guard let mark else { return }
    takenCount = mark.files
    var files = mark.taken[...]
    if mark.rows > 0, let last = files.popLast() { interrupted = (last, mark.rows) }
    // Before all that this run takes.
    for (place, file) in files.enumerated() { restore(file, order: place - files.count) }
  }

  /// The next file, which waits for the folders; `nil` at the end.
  ///
  /// - Parameter canPredict: whether files to predict are of use already; they wait until then.
  package func next(canPredict: Bool) throws -> FolderFile? {
    if let file = try takeInterrupted(canPredict) { return file }
    while true {
      if let file = learnt.popLast() { return file }
      if canPredict, let file = predicted.popLast() { return file }
      if !canPredict, !predicted.isEmpty, !saidHeld {
        saidHeld = true
        say(
          "\(predicted.last!.path): nothing can be predicted before there are centroids: such files "
            + "wait for the first ones to learn")
      }
      if try !look(canPredict) { return nil }
    }
  }

  /// Whether a file that was handed out could be read to its end as it was when it was found.
  enum Reading {
    case whole
    /// It has changed meanwhile, or while it was read.
    case changed
    case gone
  }

  /// Takes note of what became of a file that was handed out. To be called once for each.
  func note(_ file: FolderFile, _ reading: Reading) {
    guard let watch = watches.firstIndex(where: { $0.role == file.role }) else { return }
    switch reading {
    case .whole:
      takenCount += 1
      watches[watch].take(file, order: takenCount)
    case .changed:
      say("\(file.path): it has changed while it was read: it is read again once it stands still")
      watches[watch].giveBack(file, ContinuousClock.now)
    case .gone:
      say("\(file.path): it was gone before it was read: it is left out")
      watches[watch].drop(file)
    }
    lastNews = ContinuousClock.now
  }

  /// Hands a file out once more, before all others.
  package func putBack(_ file: FolderFile) {
    if file.role == .learnt { learnt.append(file) } else { predicted.append(file) }
  }

  /// The error of an end before any file.
  var noFile: FolderError {
    .noFile(path: watches.map(\.path).joined(separator: ", "), rules.untilIdle ?? .zero)
  }

  /// - Returns: whether there may be other files.
  private func look(_ canPredict: Bool) throws -> Bool {
    Self.sleep(until: nextTick)
    let now = ContinuousClock.now
    // What is late by an interval begins anew; what is late by less keeps its pace.
    let tick = now - nextTick > rules.interval ? now : nextTick
    nextTick = tick + rules.interval
    for index in watches.indices {
      let files = try watches[index].look(tick).filter { !isOurs($0) }
      if files.isEmpty { continue }
      lastNews = now
      if watches[index].role == .learnt {
        learnt = files.reversed() + learnt
      } else {
        predicted = files.reversed() + predicted
      }
    }
    guard let idle = rules.untilIdle, learnt.isEmpty, !canPredict || predicted.isEmpty else {
      return true
    }
    return now - lastNews < idle || watches.contains { $0.isAwaiting }
  }

  /// The file whose rows an earlier run has handed out in part, if it is as it was: before any
  /// other, for a mark knows of one such file alone.
  private func takeInterrupted(_ canPredict: Bool) throws -> FolderFile? {
    guard let interrupted, !hasTakenInterrupted else { return nil }
    let (role, name, version) = Self.parts(of: interrupted.file)
    guard canPredict || role == .learnt else { return nil }
    hasTakenInterrupted = true
    guard let watch = watches.firstIndex(where: { $0.role == role }) else { return nil }
    return try watches[watch].find(name, version)
  }

  /// Whether the process writes a file itself.
  private func isOurs(_ file: FolderFile) -> Bool {
    guard !rules.never.isEmpty, let identity = FileStatus(of: file.place)?.identity else {
      return false
    }
    return rules.never.contains(identity)
  }

  private static func sleep(until time: ContinuousClock.Instant) {
    let rest = ContinuousClock.now.duration(to: time)
    if rest > .zero { Thread.sleep(forTimeInterval: rest / .seconds(1)) }
  }
}
