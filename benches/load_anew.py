"""The product without its kept pages: what a page costs that nobody asked for in the last seconds."""

from quiz.app import create_app

app = create_app()
app.config["KEEPS_PAGES"] = False
