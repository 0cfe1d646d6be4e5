internal import KMeansFiles

// A place in the folders, for who goes on there.
extension WatchedFolders {
  /// Behind the files that were taken and are there, or have left and may come back, oldest first.
  ///
  /// - Parameters:
  ///   - file: one of which rows were handed out, and not all: it is the last of them then.
  ///   - rows: how many.
  func mark(in file: FolderFile?, rows: Int) -> BatchMark {
    let files = watches.flatMap { watch in
      watch.taken.all.map {
        ($0.order, Self.mark(of: $0.name, watch.role, $0.version))
      }
    }
    var mark = BatchMark()
    mark.files = takenCount
    mark.taken = files.sorted { $0.0 < $1.0 }.map(\.1)
    if let file, rows > 0 {
      let begun = self.mark(of: file)
      mark.taken.removeAll { $0.name == begun.name }
      mark.taken.append(begun)
      mark.rows = rows
    }
    return mark
  }

  /// How many rows of a file an earlier run has handed out.
  func rowsBefore(in file: FolderFile) -> Int {
    guard let interrupted, mark(of: file) == interrupted.file else { return 0 }
    return interrupted.rows
  }

  func mark(of file: FolderFile) -> BatchMark.TakenFile {
    Self.mark(of: file.name, file.role, file.version)
  }

  /// The name of a file that is predicted begins with `/`, as no name within a folder does.
  private static func mark(
    of name: ExactText, _ role: FolderFile.Role, _ version: FolderFile.Version
  ) -> BatchMark.TakenFile {
    BatchMark.TakenFile(
      name: role == .predicted ? ExactText("/\(name)") : name, size: version.size,
      modified: version.modified)
  }

  /// What a file of a mark is in its folder.
  static func parts(
    of file: BatchMark.TakenFile
  ) -> (role: FolderFile.Role, name: ExactText, version: FolderFile.Version) {
    let isPredicted = file.name.begins(with: "/")
    return (
      isPredicted ? .predicted : .learnt,
      isPredicted ? ExactText(file.name.dropping(bytes: 1)) : file.name,
      FolderFile.Version(size: file.size, modified: file.modified)
    )
  }

  func restore(_ file: BatchMark.TakenFile, order: Int) {
    let (role, name, version) = Self.parts(of: file)
    guard let watch = watches.firstIndex(where: { $0.role == role }) else { return }
    watches[watch].taken.add(name, version, order: order, home: nil)
  }
}
