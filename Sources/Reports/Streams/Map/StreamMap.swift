import Clustering

/// The clusters of a stream in the plane, with the ways that they came: a picture of the last
/// frame, which a script moves to any other.
struct StreamMap {
  let view: StreamView
  /// The clusters that are drawn.
  let lives: [ClusterLife]
  let frames: [StreamHistory.Frame]
  /// The name that the ids of its parts begin with.
  let id: String
  private let runs: Int
  /// The places of each cluster, in pixels, frame by frame.
  private let places: [[(x: Double, y: Double)?]]
  /// Those of each true center.
  private let truth: [[(x: Double, y: Double)?]]

  /// How many frames the bright end of a way has.
  static let tail = 12

  init(_ view: StreamView, _ lives: StreamLives, most: Int, runs: Int, id: String) {
    let (shown, frames) = (lives.heaviest(most), lives.frames)
    (self.view, self.id, self.runs) = (view, id, runs)
    (self.lives, self.frames) = (shown, frames)
    places = shown.map { life in
      frames.indices.map { frame in
        life.row(frame).map {
          view.place(frames[frame].record.centroids[$0], at: frames[frame].x)
        }
      }
    }
    var centers: [Int: [(x: Double, y: Double)?]] = [:]
    for (number, frame) in frames.enumerated() {
      guard let truth = frame.truth else { continue }
      for (row, center) in truth.centers.enumerated() where centers.count < StreamLives.most {
        let id = truth.ids?[row] ?? row
        centers[id, default: frames.map { _ in nil }][number] = view.place(center, at: frame.x)
      }
    }
    truth = centers.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The picture.
  var markup: Markup {
    view.plot.drawn { svg in
      drawPoints(&svg)
      for way in truth {
        svg.add("g", ["class": "other line dashed", "opacity": "0.8"]) {
          $0.add("title", text: "a true center")
          $0.add("path", ["d": Self.path(way[...], isUpright: view.plane.isLine)])
        }
      }
      for (place, life) in lives.enumerated() { drawWay(place, life, &svg) }
      for (place, way) in truth.enumerated() { drawCenter(place, way, &svg) }
      for (place, life) in lives.enumerated() { drawMark(place, life, &svg) }
    }
  }

  private func drawPoints(_ svg: inout Markup) {
    guard !view.dots.isEmpty else { return }
    svg.add("g", ["class": "other dots", "opacity": "0.45"]) {
      $0.add("path", ["d": view.dots.joined(), "id": "\(id)-old"])
    }
    guard !view.plane.isLine else { return }
    svg.add("g", ["class": "other dots"]) {
      $0.add("path", ["d": view.dots.last ?? "", "id": "\(id)-new"])
    }
  }

  private func drawWay(_ place: Int, _ life: ClusterLife, _ svg: inout Markup) {
    let style = "\(Palette.style(life.color)) line"
    svg.add("g", ["class": style, "opacity": "0.4"]) {
      $0.add("title", text: life.name(among: runs))
      $0.add("path", ["d": Self.path(places[place][...], isUpright: false)])
    }
    svg.add("g", ["class": style]) {
      let tail = places[place].suffix(Self.tail)
      $0.add("path", ["d": Self.path(tail, isUpright: false), "id": "\(id)-w\(place)"])
    }
  }

  private func drawCenter(
    _ place: Int, _ way: [(x: Double, y: Double)?], _ svg: inout Markup
  ) {
    let position = Self.position(way.last ?? nil)
    svg.add("g", ["class": "other line", "id": "\(id)-u\(place)", "transform": position]) {
      $0.add("title", text: "a true center")
      $0.add("path", ["d": "M-5 -5L5 5M-5 5L5 -5"])
    }
  }

  private func drawMark(_ place: Int, _ life: ClusterLife, _ svg: inout Markup) {
    let style = "\(Palette.style(life.color)) mark"
    let position = Self.position(places[place].last ?? nil)
    svg.add("g", ["class": style, "id": "\(id)-m\(place)", "transform": position]) {
      $0.add("title", text: life.name(among: runs))
      $0.add("circle", ["r": px(radius(life, frames.count - 1) ?? 5)])
      if lives.count <= 20, runs == 1 {
        $0.add("text", ["x": "10", "y": "4"], text: "\(life.key.id)")
      }
    }
  }

  /// The way to a place; to one out of sight where there is none.
  private static func position(_ place: (x: Double, y: Double)?) -> String {
    "translate(\(px(place?.x ?? -9999)) \(px(place?.y ?? -9999)))"
  }

  /// The radius of a mark: its square grows with the weight, and the heaviest has 9 pixels.
  func radius(_ life: ClusterLife, _ frame: Int) -> Double? {
    guard frames.indices.contains(frame), let row = life.row(frame) else { return nil }
    let weights = frames[frame].record.weights
    let largest = weights.max() ?? 0
    return largest > 0 ? 4 + 5 * (weights[row] / largest).squareRoot() : 5
  }

  /// A line through places; where one is missing it is broken.
  ///
  /// - Parameter isUpright: whether a value holds until the next one.
  private static func path(
    _ places: ArraySlice<(x: Double, y: Double)?>, isUpright: Bool
  ) -> String {
    var (path, isDown) = (PathText(), false)
    for place in places {
      guard let place else {
        isDown = false
        continue
      }
      if !isDown { path.move(place.x, place.y) }
      if isUpright, isDown { path.across(to: place.x) }
      path.line(place.x, place.y)
      isDown = true
    }
    return path.text
  }
}

// What the script moves.
extension StreamMap {
  /// The data of the picture.
  var playerMap: PlayerData.Map {
    PlayerData.Map(
      id: id,
      clusters: lives.enumerated().map { place, life in
        PlayerData.Way(
          places: PlayerData.numbers(places[place]),
          radii: frames.indices.map { radius(life, $0).map(PlayerData.rounded) ?? nil })
      },
      centers: truth.map { PlayerData.Way(places: PlayerData.numbers($0), radii: []) })
  }
}
