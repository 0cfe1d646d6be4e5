package import KMeansFiles

/// The files of a folder that were taken, so that none is taken twice.
///
/// It is bounded by the folder: a file that is no longer there is forgotten. Where the folder
/// itself is another one than before (what was mounted there is gone), its files are kept, for they
/// may come back with it.
package struct TakenFiles {
  private struct Entry {
    var version: FolderFile.Version
    /// When it was taken, among all that were.
    var order: Int
    /// The folder in which it was seen last; nothing before it was seen at all.
    var home: FileStatus.Identity?
    /// The look at the folder at which it was seen last.
    var look = 0
  }

  /// How many files are kept that were in another folder of the same name.
  private static let mostElsewhere = 100_000

  private var entries: [ExactText: Entry] = [:]
  private var look = 0

  /// Whether a name was taken, whatever it led to.
  func knows(_ name: ExactText) -> Bool { entries[name] != nil }

  /// Whether just this file was taken.
  func has(_ name: ExactText, _ version: FolderFile.Version) -> Bool {
    entries[name]?.version == version
  }

  mutating func add(
    _ name: ExactText, _ version: FolderFile.Version, order: Int, home: FileStatus.Identity?
  ) {
    entries[name] = Entry(version: version, order: order, home: home, look: look)
  }

  mutating func remove(_ name: ExactText) { entries[name] = nil }

  /// Begins to look through a folder.
  mutating func beginLook() { look += 1 }

  /// Takes note of a name that is there.
  mutating func see(_ name: ExactText, in home: FileStatus.Identity) {
    guard let index = entries.index(forKey: name) else { return }
    entries.values[index].home = home
    entries.values[index].look = look
  }

  /// Forgets the files that are no longer in a folder that was looked through.
  mutating func endLook(in home: FileStatus.Identity) {
    var isElsewhere = 0
    entries = entries.filter { _, entry in
      if entry.look == look { return true }
      if entry.home != home { isElsewhere += 1 }
      return entry.home != home
    }
    guard isElsewhere > Self.mostElsewhere else { return }
    let orders = entries.values.filter { $0.look != look }.map(\.order).sorted()
    let first = orders[isElsewhere - Self.mostElsewhere]
    entries = entries.filter { _, entry in entry.look == look || entry.order >= first }
  }

  /// All of them, with when they were taken.
  package var all: [(order: Int, name: ExactText, version: FolderFile.Version)] {
    entries.map { ($0.value.order, $0.key, $0.value.version) }
  }
}
