internal import KMeansFiles

/// A folder that files are put into: it tells which of them are whole and were not taken before.
///
/// The rules are those of Spark's textFileStream where they lose no data. A file is whole when it
/// was moved in, or when its size and time stood still for two intervals, by the clock of this
/// process alone: clocks that are set, or differ from machine to machine, do not matter. What the
/// system tells of the folder spares looking at every file; where it tells nothing, or may not (a
/// network), all of them are looked at.
package struct FolderWatch {
  /// A file that may not be whole yet.
  private struct Candidate {
    var version: FolderFile.Version?
    /// Since when it has been as it is.
    var since: ContinuousClock.Instant
    var wasMovedIn: Bool
    /// Whether it was there at the first look.
    var wasThere = false
  }

  private var place: FolderPlace
  package let role: FolderFile.Role
  package internal(set) var taken: TakenFiles
  /// The names of files that were told and are neither taken nor given back.
  private var told: Set<ExactText> = []
  private let interval: Duration
  private let say: (String) -> Void
  private var candidates: [ExactText: Candidate] = [:]
  /// When all files are looked at next, and whether they were ever.
  private var nextLook: ContinuousClock.Instant?
  private var hasLooked = false
  /// What was said once, such as of names that are no files to be read: a line for each kind.
  private var said: Set<String> = []

  /// - Parameters:
  ///   - polls: whether all files are looked at whatever the system could tell.
  ///   - mostGone: how many files that have left the folder are known.
  ///   - say: takes lines for the user.
  package init(
    _ path: String, _ role: FolderFile.Role, every interval: Duration, polls: Bool,
    mostGone: Int = TakenFiles.mostGone, say: @escaping (String) -> Void
  ) {
    place = FolderPlace(path, role, polls: polls, say: say)
    taken = TakenFiles(mostGone: mostGone)
    (self.role, self.interval, self.say) = (role, interval, say)
  }

  /// The name of the folder, as messages have it.
  package var path: String { place.path }

  /// Whether there are files that may soon be whole; empty ones may stay so for ever.
  var isAwaiting: Bool {
    candidates.contains { name, candidate in
      candidate.version?.size ?? 1 > 0 && !told.contains(name)
    }
  }

  /// The files that are whole now, in the order of their times, then of the bytes of their names.
  ///
  /// - Throws: ``FileError`` where there is no such folder at the first look;
  ///   ``FolderError/isTaken(path:)``.
  package mutating func look(_ now: ContinuousClock.Instant) throws -> [FolderFile] {
    let found = try place.find()
    if found != .same { (candidates, nextLook) = ([:], nil) }
    guard found != .nothing else { return [] }
    takeEvents(now)
    if nextLook.map({ now >= $0 }) ?? true { try lookAtAll(now) }
    let files = wholeFiles(now)
    for file in files { told.insert(file.name) }
    return files.sorted { left, right in
      if left.version.modified != right.version.modified {
        return left.version.modified < right.version.modified
      }
      return FileName.bytes(of: left.name.text).lexicographicallyPrecedes(
        FileName.bytes(of: right.name.text))
    }
  }

  /// A file just as an earlier run has found it whole, at once; it is told then.
  ///
  /// - Returns: `nil` where there is none, or another one.
  mutating func find(_ name: ExactText, _ version: FolderFile.Version) throws -> FolderFile? {
    guard try place.find() != .nothing, case .file(let found, let status) = entry(name),
      FolderFile.Version(status) == version
    else { return nil }
    told.insert(name)
    return FolderFile(
      role: role, name: name, path: "\(path)/\(name)", place: found, version: version)
  }

  /// A file that was told is done with.
  package mutating func take(_ file: FolderFile, order: Int) {
    told.remove(file.name)
    if taken.knows(file.name), !taken.has(file.name, file.version) {
      say("\(file.path): it was taken before and has changed: it is taken anew, as a whole")
    }
    taken.add(file.name, file.version, order: order, home: place.home)
  }

  /// A file that was told could not be read as it was: it is told again when it is whole.
  package mutating func giveBack(_ file: FolderFile, _ now: ContinuousClock.Instant) {
    told.remove(file.name)
    candidates[file.name] = Candidate(version: nil, since: now, wasMovedIn: false)
  }

  /// A file that was told is not there any more.
  mutating func drop(_ file: FolderFile) {
    told.remove(file.name)
    candidates[file.name] = nil
  }
}

// What is in it.
extension FolderWatch {
  private mutating func takeEvents(_ now: ContinuousClock.Instant) {
    for event in place.events?.take() ?? [] {
      switch event {
      case .movedIn(let name): propose(name, now, isMovedIn: true)
      case .touched(let name): propose(name, now, isMovedIn: nil)
      case .written(let name): propose(name, now, isMovedIn: false)
      case .gone(let name):
        candidates[name] = nil
        taken.leave(name)
      case .lost: nextLook = nil
      }
    }
  }

  /// Adds a name to those that are looked at.
  ///
  /// - Parameter isMovedIn: `nil` where that is as it was.
  private mutating func propose(
    _ name: ExactText, _ now: ContinuousClock.Instant, isMovedIn: Bool?
  ) {
    if FolderNames.isIgnored(name) { return }
    if isMovedIn == true { candidates[name] = nil }
    var candidate =
      candidates[name] ?? Candidate(version: nil, since: now, wasMovedIn: false)
    candidate.wasMovedIn = isMovedIn ?? candidate.wasMovedIn
    // Bytes may change while size and time, of a coarse clock, do not.
    if isMovedIn == false { candidate.since = now }
    candidates[name] = candidate
  }

  /// Finds the files that nobody has told of. That takes time with very many files: a look is made
  /// so seldom that it takes a twentieth of a processor at most.
  private mutating func lookAtAll(_ now: ContinuousClock.Instant) throws {
    guard let home = place.home else { return }
    let clock = ContinuousClock()
    let start = clock.now
    var found: [ExactText] = []
    do throws(FileError) {
      try FolderContents.forEach(in: place.path) { text in
        let name = ExactText(text)
        if !FolderNames.isIgnored(name) { found.append(name) }
      }
    } catch {
      guard hasLooked else { throw error }
      // Half a list would make the files of the other half forgotten.
      sayOnce("\(error): it is tried again")
      nextLook = now + interval
      return
    }
    let isFirst = !hasLooked
    hasLooked = true
    taken.beginLook()
    for name in found {
      taken.see(name, in: home)
      if candidates[name] != nil || told.contains(name) { continue }
      guard case .file(_, let status) = entry(name), case let version = FolderFile.Version(status),
        !isTaken(name, version)
      else { continue }
      candidates[name] = Candidate(
        version: version, since: now, wasMovedIn: false, wasThere: isFirst)
    }
    taken.endLook(in: home)
    let usual = place.events == nil ? interval : max(.seconds(300), interval)
    nextLook = now + max(usual, (clock.now - start) * 20)
  }

  /// Takes the candidates that are whole.
  private mutating func wholeFiles(_ now: ContinuousClock.Instant) -> [FolderFile] {
    var files: [FolderFile] = []
    for (name, before) in candidates where !told.contains(name) {
      guard case .file(let place, let status) = entry(name),
        case let version = FolderFile.Version(status), !isTaken(name, version)
      else {
        candidates[name] = nil
        continue
      }
      if before.version != version {
        // Moved in, a file is seen here for the first time as it was when it came.
        let isFirst = before.version == nil
        candidates[name] = Candidate(
          version: version, since: isFirst ? before.since : now,
          wasMovedIn: isFirst && before.wasMovedIn)
      }
      guard let candidate = candidates[name], version.size > 0,
        candidate.wasMovedIn || now - candidate.since >= interval * 2
      else { continue }
      candidates[name] = nil
      files.append(
        FolderFile(role: role, name: name, path: "\(path)/\(name)", place: place, version: version))
    }
    return holdingBack(files, now)
  }

  /// Lets no newer file overtake those that were there at the beginning and are not known to be
  /// whole yet.
  private mutating func holdingBack(
    _ files: [FolderFile], _ now: ContinuousClock.Instant
  ) -> [FolderFile] {
    let waiting = candidates.values.compactMap { candidate in
      candidate.wasThere ? candidate.version.flatMap { $0.size > 0 ? $0.modified : nil } : nil
    }
    guard let oldest = waiting.min() else { return files }
    for file in files where file.version.modified > oldest {
      candidates[file.name] = Candidate(version: file.version, since: now, wasMovedIn: true)
    }
    return files.filter { $0.version.modified <= oldest }
  }

  /// What a name leads to; says once of each kind what is no file to be read.
  private mutating func entry(_ name: ExactText) -> FolderEntry {
    let entry = FolderEntry(name, in: path, root: place.root)
    if case .other(let what) = entry, said.insert(what).inserted {
      say("\(path)/\(name): \(what): it is not read, nor are others like it")
    }
    return entry
  }

  /// Whether just this file was taken, before it left the folder or since; says once that such as
  /// come back are not taken again.
  private mutating func isTaken(_ name: ExactText, _ version: FolderFile.Version) -> Bool {
    guard taken.has(name, version) else { return false }
    if taken.comeBack(name), said.insert("come back").inserted {
      say(
        "\(path)/\(name): it has come back as it was when it was taken: it is not taken again, nor are "
          + "others like it")
    }
    return true
  }

  private mutating func sayOnce(_ line: String) {
    if said.insert(line).inserted { say(line) }
  }
}
