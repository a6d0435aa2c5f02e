/** Degrees. */
export interface Point {
  latitude: number;
  longitude: number;
}

/** Semi-major axis in metres and squared eccentricity of the Krasovsky 1940 ellipsoid, on which the offset of GCJ-02 is computed. */
const AXIS = 6_378_245;
const ECCENTRICITY = 0.006_693_421_622_965_943;

/** GCJ-02 offsets nothing outside this frame. */
export const outsideChina = ({ latitude, longitude }: Point): boolean =>
  longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271;

/** GCJ-02 (Chinese maps) to WGS-84 (Open311): the known offset is taken off, refined until it stays; better than one metre. */
export function toWgs84(point: Point): Point {
  if (outsideChina(point)) return point;
  let guess = point;
  for (let round = 0; round < 3; round++) {
    const shifted = toGcj02(guess);
    guess = {
      latitude: guess.latitude + point.latitude - shifted.latitude,
      longitude: guess.longitude + point.longitude - shifted.longitude,
    };
  }
  return guess;
}

/** WGS-84 to GCJ-02, by the published approximation of the offset. */
export function toGcj02(point: Point): Point {
  if (outsideChina(point)) return point;
  const x = point.longitude - 105;
  const y = point.latitude - 35;
  const wave = (value: number, a: number, b: number) =>
    ((a * Math.sin(value * Math.PI) + b * Math.sin((value / 3) * Math.PI)) * 2) / 3;
  const common = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    common +
    wave(y, 20, 40) +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    common +
    wave(x, 20, 40) +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const angle = (point.latitude / 180) * Math.PI;
  const magic = 1 - ECCENTRICITY * Math.sin(angle) ** 2;
  const latitude = (north * 180) / (((AXIS * (1 - ECCENTRICITY)) / (magic * Math.sqrt(magic))) * Math.PI);
  const longitude = (east * 180) / ((AXIS / Math.sqrt(magic)) * Math.cos(angle) * Math.PI);
  return { latitude: point.latitude + latitude, longitude: point.longitude + longitude };
}
