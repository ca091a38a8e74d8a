"""Real videos beside a lesson: their captions, the kinds of files they come as, and how they are sent.

read_cues(text), write_cues(cues)   captions and chapters as WebVTT, read strictly and written anew
video_kind(head), poster_kind(head) what a file is, by its first bytes
byte_range(header, size)            which part of a file a browser asks for
show_video(...)                     what course/_video.html shows
"""

from course.video.captions import CaptionError, Cue, read_cues, write_cues
from course.video.kinds import HEAD, Kind, content_type, poster_kind, video_kind
from course.video.ranges import ByteRange, UnsatisfiableError, byte_range
from course.video.showing import ShownVideo, show_video

__all__ = [
    "HEAD",
    "ByteRange",
    "CaptionError",
    "Cue",
    "Kind",
    "ShownVideo",
    "UnsatisfiableError",
    "byte_range",
    "content_type",
    "poster_kind",
    "read_cues",
    "show_video",
    "video_kind",
    "write_cues",
]
