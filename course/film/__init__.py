"""Films: storyboards that play a lesson's own figure, so that a film is sharp, small and can be read too.

read_film(text, document)         a storyboard in TOML becomes scenes: captions, and states of the figure
show_film(film, document, query)  what course/_film.html and the figure beside it show at the scene asked for
"""

from course.film.showing import Screening, show_film
from course.film.storyboard import NO_FIGURE, Film, FilmError, Scene, read_film

__all__ = ["NO_FIGURE", "Film", "FilmError", "Scene", "Screening", "read_film", "show_film"]
