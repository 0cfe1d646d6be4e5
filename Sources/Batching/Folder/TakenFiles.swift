package import KMeansFiles

/// The files of a folder that were taken, so that none is taken twice.
///
/// It is bounded by the folder, and by how many files are kept that have left it: one that comes
/// back as it was is not taken again. Where the folder itself is another one than before (what was
/// mounted there is gone), its files are kept, for they may come back with it.
package struct TakenFiles {
  private struct Entry {
    var version: FolderFile.Version
    /// When it was taken, among all that were.
    var order: Int
    /// The folder in which it was seen last; nothing before it was seen at all.
    var home: FileStatus.Identity?
    /// The look at the folder at which it was seen last.
    var look = 0
    /// Whether it has left the folder since.
    var isGone = false
  }

  /// How many files are kept that were in another folder of the same name.
  private static let mostElsewhere = 100_000
  /// How many are kept that have left the folder.
  package static let mostGone = 10_000

  private let mostGone: Int
  private var entries: [ExactText: Entry] = [:]
  private var look = 0
  /// Whether a file was seen at this look that an earlier process has taken: the others of that
  /// process were in this folder, too.
  private var hasSeenRestored = false

  init(mostGone: Int = Self.mostGone) { self.mostGone = mostGone }

  /// Whether a file of a name was taken that is still there, whatever it led to.
  func knows(_ name: ExactText) -> Bool { entries[name].map { !$0.isGone } ?? false }

  /// Whether just this file was taken, wherever it has been since.
  func has(_ name: ExactText, _ version: FolderFile.Version) -> Bool {
    entries[name]?.version == version
  }

  mutating func add(
    _ name: ExactText, _ version: FolderFile.Version, order: Int, home: FileStatus.Identity?
  ) {
    entries[name] = Entry(version: version, order: order, home: home, look: look)
  }

  /// Takes note that a file has left.
  mutating func leave(_ name: ExactText) { entries[name]?.isGone = true }

  /// Takes note that a file that was taken is there.
  ///
  /// - Returns: whether it had left.
  mutating func comeBack(_ name: ExactText) -> Bool {
    guard entries[name]?.isGone == true else { return false }
    entries[name]?.isGone = false
    return true
  }

  /// Begins to look through a folder.
  mutating func beginLook() { (look, hasSeenRestored) = (look + 1, false) }

  /// Takes note of a name that is there.
  mutating func see(_ name: ExactText, in home: FileStatus.Identity) {
    guard let index = entries.index(forKey: name) else { return }
    if entries.values[index].home == nil { hasSeenRestored = true }
    entries.values[index].home = home
    entries.values[index].look = look
  }

  /// Takes note of the files that are no longer in a folder that was looked through, and forgets
  /// the oldest of too many.
  mutating func endLook(in home: FileStatus.Identity) {
    var index = entries.values.startIndex
    while index != entries.values.endIndex {
      let entry = entries.values[index]
      if entry.look != look, entry.home == home || entry.home == nil && hasSeenRestored {
        entries.values[index].home = home
        entries.values[index].isGone = true
      }
      entries.values.formIndex(after: &index)
    }
    let look = look
    keepNewest(mostGone) { $0.isGone }
    keepNewest(Self.mostElsewhere) { !$0.isGone && $0.look != look }
  }

  private mutating func keepNewest(_ most: Int, of isOne: (Entry) -> Bool) {
    guard entries.values.count(where: isOne) > most else { return }
    let orders = entries.values.filter(isOne).map(\.order).sorted()
    let first = most > 0 ? orders[orders.count - most] : .max
    entries = entries.filter { !isOne($0.value) || $0.value.order >= first }
  }

  /// All of them, with when they were taken.
  package var all: [(order: Int, name: ExactText, version: FolderFile.Version)] {
    entries.map { ($0.value.order, $0.key, $0.value.version) }
  }
}
