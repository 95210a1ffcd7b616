"""How does help reach a person?"""
