internal import KMeansFiles

/// Where a watched folder is: it may vanish, and come back as the same one or as another.
struct FolderPlace {
  /// The name that it was asked for by, as messages have it.
  let path: String
  private let role: FolderFile.Role
  private let polls: Bool
  private let say: (String) -> Void
  /// The folder that is there; nothing while there is none.
  private(set) var home: FileStatus.Identity?
  /// Its path without links.
  private(set) var root: String?
  /// What the system tells of it; nothing where all of its files have to be looked at.
  private(set) var events: FolderEvents?
  private var lock: FolderLock?
  private var wasThere = false

  /// What was found at a name.
  enum Found {
    case nothing
    /// The folder of the last time.
    case same
    /// A folder that was not there the last time.
    case other
  }

  /// - Parameter say: takes lines for the user.
  init(_ path: String, _ role: FolderFile.Role, polls: Bool, say: @escaping (String) -> Void) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    (self.role, self.polls, self.say) = (role, polls, say)
  }

  /// Looks whether the folder is there; begins to watch it where it was not.
  ///
  /// - Throws: ``FileError`` where there is none at the first time, or it cannot be opened;
  ///   ``FolderError/isTaken(path:)``.
  mutating func find() throws -> Found {
    let status = FileStatus(of: path)
    guard let status, status.isFolder else {
      if !wasThere { throw FolderError.missing(path, isNoFolder: status != nil) }
      if home != nil { say("\(path): the folder is gone; the stream waits for it to come back") }
      (home, root, lock, events) = (nil, nil, nil, nil)
      return .nothing
    }
    if status.identity == home { return .same }
    if wasThere { say("\(path): the folder is \(home == nil ? "back" : "another one now")") }
    (root, lock, events) = (FileStatus.realPath(of: path), nil, nil)
    if role == .learnt, let root {
      guard let lock = try FolderLock(root) else { throw FolderError.isTaken(path: path) }
      self.lock = lock
    }
    if !polls { events = beginEvents(status) }
    (home, wasThere) = (status.identity, true)
    return .other
  }

  /// What the system tells of the folder; nothing where it tells nothing, or not all.
  private func beginEvents(_ status: FileStatus) -> FolderEvents? {
    if let system = MountedSystem.shared(status.identity) {
      say(
        "\(path): it lies on \(system), of whose changes the system does not tell all: every file is "
          + "looked at")
      return nil
    }
    do {
      return try FolderEvents(of: path)
    } catch {
      say("\(error): every file of the folder is looked at instead")
      return nil
    }
  }
}
