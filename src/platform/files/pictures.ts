// Whether the bytes of a picture are one: its format's own reader goes through its structure. Nothing is unfolded into points, so a
// small file that would become a huge picture costs nothing (docs/decisions/0032).
import type { Sharp, SharpOptions } from 'sharp'

// The reader takes 25 MB and is needed by the few servers that ever get a picture: it is loaded with the first.
type Reader = (data: Buffer, options: SharpOptions) => Sharp
let loading: Promise<Reader> | undefined

async function load(): Promise<Reader> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  return sharp
}

/** Points of a picture, all frames together: what those who look at it have to unfold. */
const POINTS_MAX = 50_000_000

async function isReadable(data: Buffer): Promise<boolean> {
  loading ??= load()
  const read = await loading
  return read(data, { limitInputPixels: POINTS_MAX, failOn: 'warning', animated: true })
    .metadata()
    .then(
      () => true,
      () => false,
    )
}

const ICON_ENTRIES_MAX = 64
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47])
const BITMAP_HEADER_BYTES = 40

// No reader that is kept knows icons: a directory of bitmaps without their file header, or of PNG.
async function isIcon(data: Buffer): Promise<boolean> {
  const count = data.length < 6 ? 0 : data.readUInt16LE(4)
  if (count === 0 || count > ICON_ENTRIES_MAX || data.length < 6 + count * 16) return false
  for (let entry = 6; entry < 6 + count * 16; entry += 16) {
    const [size, offset] = [data.readUInt32LE(entry + 8), data.readUInt32LE(entry + 12)]
    const image = data.subarray(offset, offset + size)
    if (offset < 6 + count * 16 || image.length < size || image.length < BITMAP_HEADER_BYTES) return false
    const holds = image.subarray(0, 4).equals(PNG_START) ? await isReadable(image) : isBitmap(image, data.readUInt8(entry) || 256)
    if (!holds) return false
  }
  return true
}

const DEPTHS = [1, 4, 8, 16, 24, 32]

function isBitmap(image: Buffer, width: number): boolean {
  // Its height counts the mask behind the points too.
  const [height, planes, depth] = [image.readInt32LE(8) / 2, image.readUInt16LE(12), image.readUInt16LE(14)]
  const known = image.readUInt32LE(0) === BITMAP_HEADER_BYTES && planes === 1 && DEPTHS.includes(depth)
  return known && image.readInt32LE(4) === width && height > 0 && image.length >= BITMAP_HEADER_BYTES + (width * depth * height) / 8
}

/** Whether `data` holds a whole picture of the media type that it begins like. */
export const isPicture = (data: Buffer, contentType: string): Promise<boolean> =>
  contentType === 'image/x-icon' ? isIcon(data) : isReadable(data)
