package import KMeansFiles

/// A file of a watched folder that is there to be read.
package struct FolderFile: Sendable, Hashable {
  /// What becomes of the rows.
  package enum Role: Sendable {
    case learnt, predicted
  }

  package let role: Role
  /// The name within the folder.
  package let name: ExactText
  /// The name with that of the folder, as messages have it.
  package let path: String
  /// Where it is read: what a link within the folder leads to, else the path.
  package let place: String
  package let version: Version

  /// What tells that a file is another one than before: its size in bytes, and the time of its last
  /// change in nanoseconds since 1970.
  package struct Version: Sendable, Hashable {
    package let size: Int
    package let modified: Int

    init(size: Int, modified: Int) { (self.size, self.modified) = (size, modified) }
    init(_ status: FileStatus) { (size, modified) = (status.size, status.modified) }
  }
}

/// The names in a folder that are never read: whoever writes there has such names for what is not
/// whole yet, or no data.
package enum FolderNames {
  /// Whether a name begins with `.` or `_`, or ends in `.tmp` or `._COPYING_` (Hadoop's `put`).
  package static func isIgnored(_ name: ExactText) -> Bool {
    name.begins(with: ".") || name.begins(with: "_") || name.ends(in: ".tmp")
      || name.ends(in: "._COPYING_")
  }
}

/// A file in a folder by a name, as far as it is one to be read.
enum FolderEntry {
  case file(place: String, FileStatus)
  /// Something else, and what is said of it.
  case other(String)
  /// Nothing, or something that is known to be read under another name.
  case nothing

  /// Looks at what a name leads to.
  ///
  /// - Parameters:
  ///   - folder: the folder as it was asked for.
  ///   - root: the same without links.
  init(_ name: ExactText, in folder: String, root: String?) {
    let path = "\(folder)/\(name)"
    guard let status = FileStatus(ofLink: path) else {
      self = .nothing
      return
    }
    guard status.isLink else {
      self = status.isRegularFile ? .file(place: path, status) : Self.other(status, path)
      return
    }
    guard let root, let place = FileStatus.realPath(of: path) else {
      // It leads nowhere, which may change.
      self = .nothing
      return
    }
    let inside = root.hasSuffix("/") ? root : root + "/"
    guard ExactText(place).begins(with: inside) else {
      self = .other("a link to a place outside of the folder")
      return
    }
    let rest = ExactText(ExactText(place).dropping(bytes: inside.utf8.count))
    guard let target = FileStatus(ofLink: place), target.isRegularFile else {
      self = .nothing
      return
    }
    let isReadItself = !rest.text.utf8.contains(UInt8(ascii: "/")) && !FolderNames.isIgnored(rest)
    self = isReadItself ? .nothing : .file(place: place, target)
  }

  /// What is neither a file nor a link. Folders in a folder are usual and not worth a word.
  private static func other(_ status: FileStatus, _ path: String) -> FolderEntry {
    status.isFolder ? .nothing : .other("no regular file")
  }
}
