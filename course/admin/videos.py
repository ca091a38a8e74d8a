"""A lesson's video as its author uploads it: of what kind, how large, and with captions to follow it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from course.models import UNCAPTIONED, Lesson, Video
from course.models.video import MAX_CAPTIONS
from course.video import HEAD, poster_kind, video_kind

if TYPE_CHECKING:
    VideoModelForm = forms.ModelForm[Video]
    OrderModelForm = forms.ModelForm[Lesson]
    VideoInlineBase = admin.StackedInline[Video, Lesson]
else:
    VideoModelForm = OrderModelForm = forms.ModelForm
    VideoInlineBase = admin.StackedInline

MEGABYTE = 1_000_000
POSTER_MAX_MB = 2


class VideoForm(VideoModelForm):
    """Captions and chapters are pasted or uploaded; an uploaded file takes the place of the text."""

    captions_file = forms.FileField(required=False, help_text="A .vtt file, instead of the text above.")
    chapters_file = forms.FileField(required=False, help_text="A .vtt file, instead of the text above.")

    class Meta:
        model = Video
        fields = "__all__"
        widgets = {
            name: forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField", "spellcheck": "true"})
            for name in ("captions", "chapters")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"MP4 or WebM, up to {settings.VIDEO_MAX_MB} MB."
        self.fields[
            "poster"
        ].help_text = f"The picture shown before it plays: PNG, JPEG or WebP, up to {POSTER_MAX_MB} MB."

    def clean_file(self) -> Any:
        return _checked(self.cleaned_data["file"], "video", settings.VIDEO_MAX_MB)

    def clean_poster(self) -> Any:
        return _checked(self.cleaned_data["poster"], "poster", POSTER_MAX_MB)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("captions", "chapters"):
            uploaded = cleaned.get(f"{name}_file")
            try:
                text = _text(uploaded) if uploaded else cleaned.get(name, "")
            except ValidationError as error:
                self.add_error(f"{name}_file", error)
            else:
                cleaned[name] = text.replace("\r\n", "\n").strip()
        return cleaned


class VideoInline(VideoInlineBase):
    model = Video
    form = VideoForm
    fields = (
        "title", "file", "address", "poster", "captions", "captions_file",
        "chapters", "chapters_file", "seconds",
    )  # fmt: skip
    extra = 0


class OrderForm(OrderModelForm):
    """A lesson among others: it is not published with a video that lacks captions."""

    class Meta:
        model = Lesson
        fields = "__all__"

    def clean_is_published(self) -> bool:
        is_published: bool = self.cleaned_data["is_published"]
        if is_published and Video.objects.filter(lesson=self.instance.pk, captions="").exists():
            raise ValidationError(UNCAPTIONED)
        return is_published


def _checked(value: Any, what: str, most: int) -> Any:
    """An upload of the right kind and size; what is stored already, or nothing, as it is."""
    if not isinstance(value, UploadedFile):
        return value
    if value.size is None or value.size > most * MEGABYTE:
        raise ValidationError(f"The {what} has more than {most} MB. Make it smaller.")
    head = _head(value)
    if what == "video" and video_kind(head) is None:
        raise ValidationError("This is neither an MP4 nor a WebM file. Convert the video to one of them.")
    if what == "poster" and poster_kind(head) is None:
        raise ValidationError("This is no PNG, JPEG or WebP picture. Convert it to one of them.")
    return value


def _head(file: File[bytes]) -> bytes:
    file.seek(0)
    head = bytes(file.read(HEAD))
    file.seek(0)
    return head


def _text(uploaded: File[bytes]) -> str:
    if uploaded.size is None or uploaded.size > 4 * MAX_CAPTIONS:  # a letter has at most 4 bytes
        raise ValidationError(f"The file has more than {MAX_CAPTIONS} letters. Split the video.")
    try:
        return bytes(uploaded.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(f"Byte {error.start + 1} of the file is not UTF-8. Save it as UTF-8.") from None
